/** Gives functions in containers a DNS server that leads them to the daemon. */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Executor } from '../executors/executor.ts';
import { isPrivateAddress } from '../gateway/private-address.ts';
import { LocalNames } from '../name-server/local-names.ts';
import { NameResolution } from '../name-server/name-resolution.ts';
import { NameServer } from '../name-server/name-server.ts';
import { machineResolvers, type ResolverAddress } from '../name-server/resolv-conf.ts';
import { UpstreamResolvers } from '../name-server/upstream-resolvers.ts';
import type { Platform } from './platform.ts';

const everyAddress = ['0.0.0.0', '::'];
/** The engine tells containers an address, and no port. */
const portOfContainers = 53;

/** Nothing where it is turned off, and where it cannot listen. */
export async function openNameServer(
  platform: Platform,
  { runtimeApiHost }: Executor,
): Promise<NameServer | undefined> {
  const { config, logger, reach } = platform;
  const { listen, port } = config.names;
  if (listen === false || config.docker.dns !== undefined) return undefined;
  // Where a name stands for this machine, only the user can know an address for it.
  const reached = isIP(runtimeApiHost.advertise) === 0 ? undefined : runtimeApiHost.advertise;
  const resolvesTo = config.names.resolvesTo ?? reached;
  const host = listen ?? reached;
  if (resolvesTo === undefined || host === undefined) return undefined;
  try {
    const server = await open(platform, { host, port }, resolvesTo);
    const told = everyAddress.includes(host) ? reached : host;
    if (server.address.port === portOfContainers && told !== undefined) reach.resolvesNames(told);
    logger.debug('names are resolved for containers', { ...server.address, to: resolvesTo });
    return server;
  } catch (error) {
    // Without root, port 53 is out of reach on most machines: nothing is wrong there.
    const level = hasCode(error, 'EACCES') ? 'info' : 'warn';
    logger[level](
      `Functions in containers use the engine's DNS: port ${port} of ${host} cannot be listened on. ` +
        'They reach the daemon by AWS_ENDPOINT_URL all the same; DNS_ADDRESS=0 stops this message.',
      { error },
    );
    return undefined;
  }
}

async function open({ config, clock }: Platform, listen: ResolverAddress, resolvesTo: string): Promise<NameServer> {
  const { servers, upstream } = config.names;
  const resolvers = (servers ?? (await machineResolvers())).filter((resolver) => !isItself(resolver, listen));
  const resolution = new NameResolution({
    names: new LocalNames({ publicHost: config.publicHost.host, upstream }),
    address: resolvesTo,
    upstream: new UpstreamResolvers(resolvers, clock),
  });
  // A bridge is reached by its containers alone; every address is reached by everybody.
  const serves = everyAddress.includes(listen.host) ? isNear : () => true;
  return await NameServer.open({ listen, resolution, serves, clock });
}

/** A server that asked itself would never hear an answer. */
function isItself(resolver: ResolverAddress, listen: ResolverAddress): boolean {
  if (resolver.port !== listen.port) return false;
  if (!everyAddress.includes(listen.host)) return resolver.host === listen.host;
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === resolver.host),
  );
}

function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return isPrivateAddress(plain.includes(':') ? `[${plain}]` : plain);
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
