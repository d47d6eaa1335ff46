/** Where a Docker engine may be reached: what the settings say, else the sockets that engines usually have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type EngineAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: EngineTls | undefined };

/** In PEM form. */
export interface EngineTls {
  readonly ca: Buffer;
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** Whether the engine's own certificate must be signed by `ca`. */
  readonly verify: boolean;
}

export interface EngineAccess {
  /** DOCKER_HOST: `unix:///path`, `tcp://host:port`, `http://…` or `https://…`; `undefined` looks at the usual sockets. */
  readonly host: string | undefined;
  /** DOCKER_CERT_PATH: the folder with `ca.pem`, `cert.pem` and `key.pem`. */
  readonly certificates: string | undefined;
  /** DOCKER_TLS_VERIFY. */
  readonly tlsVerify: boolean;
  readonly homeDirectory: string | undefined;
  /** XDG_RUNTIME_DIR, below which engines without root keep their sockets. */
  readonly runtimeDirectory: string | undefined;
}

/**
 * The addresses to try, in this order.
 * @throws Error when DOCKER_HOST is no address or a certificate cannot be read
 * @see https://docs.docker.com/reference/cli/docker/#environment-variables
 */
export function engineAddresses(access: EngineAccess): readonly EngineAddress[] {
  if (access.host !== undefined) return [parseAddress(access.host, access)];
  return usualSockets(access).map((path) => ({ kind: 'socket', path }));
}

export function describeAddress(address: EngineAddress): string {
  if (address.kind === 'socket') return `unix://${address.path}`;
  return `tcp://${address.host}:${address.port}`;
}

function parseAddress(host: string, access: EngineAccess): EngineAddress {
  if (host.startsWith('unix://')) return { kind: 'socket', path: host.slice('unix://'.length) };
  const [, scheme, name, port] = /^(tcp|http|https):\/\/([^/:]+|\[[^\]]+\])(?::(\d{1,5}))?\/?$/.exec(host) ?? [];
  if (name === undefined) {
    throw new Error(`DOCKER_HOST is "${host}"; allowed: unix:///path/of/socket or tcp://host:port`);
  }
  const secure = scheme === 'https' || (scheme === 'tcp' && (access.tlsVerify || access.certificates !== undefined));
  return {
    kind: 'tcp',
    host: name.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (secure ? 2376 : 2375) : Number(port),
    tls: secure ? readTls(access) : undefined,
  };
}

function readTls({ certificates, tlsVerify, homeDirectory }: EngineAccess): EngineTls {
  const folder = certificates ?? join(homeDirectory ?? '/', '.docker');
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  return { ca: read('ca.pem'), certificate: read('cert.pem'), key: read('key.pem'), verify: tlsVerify };
}

function usualSockets({ homeDirectory: home, runtimeDirectory: run }: EngineAccess): readonly string[] {
  return [
    '/var/run/docker.sock',
    ...(run === undefined ? [] : [join(run, 'docker.sock')]),
    ...(home === undefined ? [] : [join(home, '.docker', 'run', 'docker.sock'), join(home, '.colima', 'docker.sock')]),
    ...(run === undefined ? [] : [join(run, 'podman', 'podman.sock')]),
    '/run/podman/podman.sock',
  ];
}
