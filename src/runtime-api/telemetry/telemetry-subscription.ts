/** Reads what an extension subscribes to. Source: Lambda developer guide, "Telemetry API reference", "Logs API reference". */
import { type TelemetryCategory, telemetryCategories } from './telemetry-event.ts';

/** The Logs API is the older one; it tells less, in other records. */
export type TelemetryApi = 'telemetry' | 'logs';

export interface TelemetrySubscription {
  readonly api: TelemetryApi;
  readonly schemaVersion: string;
  readonly types: readonly TelemetryCategory[];
  readonly destination: DestinationAddress;
  readonly buffering: Buffering;
}

/** Where in the environment it listens: only the port says. */
export type DestinationAddress =
  | { readonly protocol: 'HTTP'; readonly method: 'POST' | 'PUT'; readonly port: number; readonly path: string }
  | { readonly protocol: 'TCP'; readonly port: number };

export interface Buffering {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxItems: number;
}

const schemaVersions: Readonly<Record<TelemetryApi, readonly string[]>> = {
  telemetry: ['2022-07-01', '2022-12-13', '2025-01-29'],
  logs: ['2020-08-15', '2021-03-18'],
};

/** Lowest, default, highest. */
const bufferingLimits: Readonly<Record<keyof Buffering, readonly [number, number, number]>> = {
  timeoutMs: [25, 1000, 30_000],
  maxBytes: [262_144, 262_144, 1_048_576],
  maxItems: [1000, 10_000, 10_000],
};

/** The names under which an environment knows itself. */
const ownHosts = ['sandbox.localdomain', 'sandbox'];

/** The Runtime API's at AWS. */
const reservedPort = 9001;

type Members = Readonly<Record<string, unknown>>;

/** @returns the subscription, or all that is wrong with it */
export function parseSubscription(api: TelemetryApi, body: Buffer): TelemetrySubscription | readonly string[] {
  const document = parsed(body);
  if (document === undefined) return ['The body is not a JSON object'];
  const faults: string[] = [];
  const subscription = {
    api,
    schemaVersion: schemaVersion(api, document['schemaVersion'], faults),
    destination: destination(document['destination'], faults),
    types: types(document['types'], faults),
    buffering: buffering(document['buffering'], faults),
  };
  return faults.length > 0 ? faults : subscription;
}

function parsed(body: Buffer): Members | undefined {
  try {
    return members(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
}

const members = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;

function schemaVersion(api: TelemetryApi, value: unknown, faults: string[]): string {
  const known = schemaVersions[api];
  if (value === undefined && api === 'logs') return known[0] ?? '';
  if (typeof value === 'string' && known.includes(value)) return value;
  faults.push(`schemaVersion should be one of ${known.join(', ')}`);
  return '';
}

function types(value: unknown, faults: string[]): readonly TelemetryCategory[] {
  if (!Array.isArray(value) || value.length === 0) {
    faults.push('types should not be empty');
    return [];
  }
  const known = telemetryCategories.filter((category) => value.includes(category));
  if (known.length !== new Set(value).size) faults.push(`types should be of ${telemetryCategories.join(', ')}`);
  return known;
}

function buffering(value: unknown, faults: string[]): Buffering {
  const asked = value === undefined ? {} : members(value);
  if (asked === undefined) faults.push('buffering should be an object');
  const within = (name: keyof Buffering): number => {
    const [lowest, standard, highest] = bufferingLimits[name];
    const number = asked?.[name] ?? standard;
    if (typeof number === 'number' && Number.isInteger(number) && number >= lowest && number <= highest) return number;
    faults.push(`${name} should be between ${lowest} and ${highest}`);
    return standard;
  };
  return { timeoutMs: within('timeoutMs'), maxBytes: within('maxBytes'), maxItems: within('maxItems') };
}

function destination(value: unknown, faults: string[]): DestinationAddress {
  const { protocol, URI, port, method = 'POST' } = members(value) ?? {};
  if (protocol !== 'HTTP' && protocol !== 'TCP') faults.push('destination protocol should be HTTP or TCP');
  if (method !== 'POST' && method !== 'PUT') faults.push('destination method should be POST or PUT');
  // A TCP destination may be given as a port alone.
  if (protocol === 'TCP' && URI === undefined) return { protocol, port: portOf(port, faults) };
  const url = typeof URI === 'string' ? URL.parse(URI) : null;
  if (url === null) {
    faults.push('URI is not valid');
    return { protocol: 'TCP', port: 0 };
  }
  const scheme = protocol === 'TCP' ? 'tcp:' : 'http:';
  if (url.protocol !== scheme) faults.push(`URI scheme should be ${scheme.slice(0, -1)}`);
  if (!ownHosts.includes(url.hostname)) faults.push(`URI host should be ${ownHosts[0]}`);
  const number = portOf(explicitPort(url, URI), faults);
  if (protocol === 'TCP') return { protocol, port: number };
  return { protocol: 'HTTP', method: method === 'PUT' ? 'PUT' : 'POST', port: number, path: url.pathname + url.search };
}

/** A URL drops the port that is its scheme's own. */
const explicitPort = (url: URL, text: unknown): unknown =>
  url.port === '' ? (/^[a-z]+:\/\/[^/?#]*:80(?:[/?#]|$)/i.test(String(text)) ? 80 : undefined) : Number(url.port);

function portOf(value: unknown, faults: string[]): number {
  if (value === undefined) faults.push('URI port is not provided');
  else if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 65_535) {
    faults.push('port is not valid');
  } else if (value === reservedPort) faults.push(`port ${reservedPort} is reserved`);
  else return value;
  return 0;
}
