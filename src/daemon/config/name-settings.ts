/** The settings of the DNS server for containers. */
import { isIP } from 'node:net';
import { optional } from './docker-setting-type.ts';
import { formatHostAndPort, parseHostAndPort } from './listen-address.ts';
import { inGroup } from './setting-group.ts';
import { integer, type SettingType } from './setting-type.ts';

const DNS_PORT = 53;

const names = inGroup('Names');

const ipAddress: SettingType<string> = {
  allowed: 'an IP address',
  parse: (text) => (isIP(text) === 0 ? undefined : text),
  show: (value) => value,
};

const addressOrOff: SettingType<string | false> = {
  allowed: 'an IP address of this machine, or 0',
  parse: (text) => (text === '0' ? false : ipAddress.parse(text)),
  show: (value) => (value === false ? '0' : value),
};

interface ResolverSetting {
  readonly host: string;
  readonly port: number;
}

const resolvers: SettingType<readonly ResolverSetting[]> = {
  allowed: 'IP addresses separated by commas, each with or without a port',
  parse(text) {
    const list: ResolverSetting[] = [];
    for (const part of text.split(',').map((each) => each.trim())) {
      const parsed = isIP(part) === 0 ? parseHostAndPort(part) : { host: part };
      if (parsed === undefined || isIP(parsed.host) === 0) return undefined;
      list.push({ host: parsed.host, port: parsed.port ?? DNS_PORT });
    }
    return list;
  },
  show: (value) =>
    value.map(({ host, port }) => formatHostAndPort(port === DNS_PORT ? { host } : { host, port })).join(','),
};

const patterns: SettingType<readonly RegExp[]> = {
  allowed: String.raw`regular expressions separated by commas, for example .*\.s3\.amazonaws\.com`,
  parse(text) {
    try {
      return text.split(',').map((part) => new RegExp(`^(?:${part.trim()})`, 'i'));
    } catch {
      return undefined;
    }
  },
  show: (value) => value.map(({ source }) => source.slice('^(?:'.length, -1)).join(','),
};

export const nameSettings = {
  listen: names(
    'DNS_ADDRESS',
    optional(addressOrOff),
    undefined,
    'Where the DNS server for containers listens, which resolves `localhost.localstack.cloud` and the names of AWS services to the daemon; `0` turns it off',
    'the address of this machine on the network of the containers',
  ),
  port: names(
    'DNS_PORT',
    integer({ min: 0, max: 65_535, of: (value) => value }),
    DNS_PORT,
    'The port of the DNS server; containers use it only on 53',
  ),
  servers: names(
    'DNS_SERVER',
    optional(resolvers),
    undefined,
    'The resolvers that all other names are asked of',
    'those in `/etc/resolv.conf`',
  ),
  resolvesTo: names(
    'DNS_RESOLVE_IP',
    optional(ipAddress),
    undefined,
    "The address that the daemon's names resolve to",
    'the one under which containers reach the daemon',
  ),
  upstream: names(
    'DNS_NAME_PATTERNS_TO_RESOLVE_UPSTREAM',
    patterns,
    [],
    'Names that are always asked of the real resolvers: each pattern has to match from the start of the name',
    'none',
  ),
};
