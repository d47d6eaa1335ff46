/** Addresses as `GATEWAY_LISTEN` and `LOCALSTACK_HOST` write them: `host`, `host:port`, `[IPv6]:port`. */
import { isIPv6 } from 'node:net';

/** The port that AWS tools expect of a local endpoint. */
export const DEFAULT_PORT = 4566;

export interface ListenAddress {
  /** A name or an IP address, IPv6 without its brackets. */
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
}

export interface HostAndPort {
  readonly host: string;
  readonly port?: number;
}

// A label may hold an underscore (compose services do) and a name may end with a dot.
const hostName =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const allDigitsAndDots = /^[\d.]+$/;
const dottedQuad = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port <= 65_535 ? port : undefined;
}

function isHost(text: string): boolean {
  return allDigitsAndDots.test(text) ? dottedQuad.test(text) : hostName.test(text);
}

/** `undefined` for anything that is not a host with or without a port. */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const [host, port] = bracketed
    ? [bracketed[1] ?? '', bracketed[2]]
    : [text.split(':', 1)[0] ?? '', text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined];
  if (bracketed ? !isIPv6(host) : !isHost(host)) return undefined;
  if (port === undefined) return { host };
  const number = parsePort(port);
  return number === undefined ? undefined : { host, port: number };
}

/** A comma list of addresses to listen on; a port left out is {@link DEFAULT_PORT}. */
export function parseListenAddresses(text: string): readonly ListenAddress[] | undefined {
  const addresses: ListenAddress[] = [];
  for (const part of text.split(',')) {
    const parsed = parseHostAndPort(part.trim());
    if (parsed === undefined) return undefined;
    addresses.push({ host: parsed.host, port: parsed.port ?? DEFAULT_PORT });
  }
  return addresses;
}

/** As a URL's authority writes it, IPv6 in brackets. */
export function formatHostAndPort({ host, port }: HostAndPort): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? shown : `${shown}:${port}`;
}
