/** Which daemon a command talks to: the option, the variable that AWS clients read, or the address configured here. */
import { readConfig } from '../daemon/config/config.ts';
import { hostFacts } from '../daemon/config/host-facts.ts';
import { DEFAULT_PORT, formatHostAndPort, type ListenAddress } from '../daemon/config/listen-address.ts';
import type { Environment } from '../daemon/config/setting.ts';
import { ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';

/** @throws CommandFailure for an endpoint that is not an http or https URL. */
export function resolveEndpoint(option: string | undefined, environment: Environment): URL {
  const given = option ?? (environment['AWS_ENDPOINT_URL_LAMBDA'] || environment['AWS_ENDPOINT_URL']);
  if (!given) return new URL(`http://${formatHostAndPort(reachable(readConfig(environment, hostFacts()).listen[0]))}`);
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new CommandFailure(
    `the endpoint "${given}" is not a URL such as http://127.0.0.1:${DEFAULT_PORT}`,
    ExitCode.usage,
  );
}

/** An address that listens everywhere is reached through loopback; a port chosen by the system cannot be known here. */
export function reachable(address: ListenAddress | undefined): ListenAddress {
  const { host, port } = address ?? { host: '127.0.0.1', port: DEFAULT_PORT };
  const loopback = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return { host: loopback, port: port === 0 ? DEFAULT_PORT : port };
}
