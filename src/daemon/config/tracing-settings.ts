/** The settings of tracing. */
import { optional } from './docker-setting-type.ts';
import type { Environment } from './setting.ts';
import { inGroup } from './setting-group.ts';
import { integer, type SettingType } from './setting-type.ts';

const tracing = inGroup('Tracing');

/** An address over HTTP; `off` stands for none, so that what OpenTelemetry's own variable says can be overruled. */
const collectorEndpoint: SettingType<URL | 'off'> = {
  allowed: 'an http or https URL such as http://127.0.0.1:4318, or off',
  parse(text) {
    if (text === 'off') return text;
    const url = URL.parse(text);
    return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
  },
  show: (value) => (value === 'off' ? value : value.href.replace(/\/$/, '')),
};

/** `name=value`, several separated by commas, percent-encoded as OpenTelemetry has them. They are read, never shown. */
const headers: SettingType<Readonly<Record<string, string>>> = {
  allowed: 'name=value, several separated by commas',
  secret: true,
  parse(text) {
    const pairs = text.split(',').map((part) => /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*([\x20-\x7e]*?)\s*$/.exec(part));
    if (pairs.some((pair) => pair === null)) return undefined;
    return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', decoded(pair?.[2] ?? '')]));
  },
  show: (value) =>
    Object.keys(value)
      .map((name) => `${name}=…`)
      .join(','),
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the person's own environment says to every OpenTelemetry exporter; what cannot be meant is not for us. */
const fromOpenTelemetry =
  <Value>(name: string, type: SettingType<Value>) =>
  (_facts: unknown, environment: Environment): Value | undefined =>
    type.parse(environment[name]?.trim() ?? '');

export const tracingSettings = {
  otlpEndpoint: tracing(
    'LAMBDAD_OTLP_ENDPOINT',
    optional(collectorEndpoint),
    fromOpenTelemetry('OTEL_EXPORTER_OTLP_ENDPOINT', collectorEndpoint),
    'Send traces to this OpenTelemetry collector, by OTLP over HTTP',
    '`OTEL_EXPORTER_OTLP_ENDPOINT`, or none',
  ),
  otlpHeaders: tracing(
    'LAMBDAD_OTLP_HEADERS',
    optional(headers),
    fromOpenTelemetry('OTEL_EXPORTER_OTLP_HEADERS', headers),
    'Headers for the collector',
    '`OTEL_EXPORTER_OTLP_HEADERS`, or none',
  ),
  traceShare: tracing(
    'LAMBDAD_TRACE_PERCENT',
    integer({ min: 0, max: 100, unit: 'percent', of: (value) => value }),
    5,
    'Invocations of functions with active tracing that are recorded, beside the first of each second',
  ),
};
