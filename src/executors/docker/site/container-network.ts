/** How containers and the daemon reach each other. */
import { createServer } from 'node:net';
import type { RuntimeApiHost } from '../../runtime-api-host.ts';
import type { DockerEngine } from '../engine/docker-engine.ts';
import type { ContainerDetails, NetworkDetails } from '../engine/engine-types.ts';

export interface ContainerNetwork {
  /** `undefined` leaves it to the engine. */
  readonly main: string | undefined;
  /** Joined beside the main one. */
  readonly others: readonly string[];
  readonly runtimeApiHost: RuntimeApiHost;
  /** Whether the daemon sees the containers' own addresses, and not one that stands for them. */
  readonly direct: boolean;
  /** `name:address`, for names that only containers know. */
  readonly hosts: readonly string[];
}

export interface NetworkWishes {
  /** LAMBDA_DOCKER_NETWORK; the first is the main one. */
  readonly networks: readonly string[];
  /** HOSTNAME_FROM_LAMBDA. */
  readonly hostname: string | undefined;
  /** Of the daemon. */
  readonly os: NodeJS.Platform;
}

/** Docker Desktop knows this name by itself; other engines are told what it means. */
const hostName = 'host.docker.internal';

/** @param own the container that the daemon runs in. */
export async function findNetwork(
  engine: DockerEngine,
  own: ContainerDetails | undefined,
  wishes: NetworkWishes,
  signal: AbortSignal,
): Promise<ContainerNetwork> {
  const joined = Object.entries(own?.NetworkSettings.Networks ?? {}).filter(([, { IPAddress }]) => IPAddress !== '');
  const [main, address] = choose(joined, wishes.networks);
  const others = wishes.networks.filter((name) => name !== main);
  // Where engines live in a virtual machine, what comes from it arrives over loopback.
  const outside = wishes.os === 'linux' ? '0.0.0.0' : '127.0.0.1';
  const found = { main, others, hosts: [], direct: false };
  if (wishes.hostname !== undefined) {
    return { ...found, runtimeApiHost: { listen: outside, advertise: wishes.hostname } };
  }
  if (address !== undefined)
    return { ...found, direct: true, runtimeApiHost: { listen: '0.0.0.0', advertise: address } };
  const gateway = gatewayOf(await engine.network(main ?? 'bridge', signal));
  if (gateway !== undefined && engine.address.kind === 'socket' && (await isOwnAddress(gateway))) {
    return { ...found, direct: true, runtimeApiHost: { listen: gateway, advertise: gateway } };
  }
  return {
    ...found,
    runtimeApiHost: { listen: outside, advertise: hostName },
    hosts: [`${hostName}:host-gateway`],
  };
}

/** The main network and the daemon's own address in it: the one that was asked for, else the daemon's own. */
function choose(
  joined: readonly (readonly [string, { readonly IPAddress: string }])[],
  wanted: readonly string[],
): [string | undefined, string | undefined] {
  const [first] = wanted;
  const own = first === undefined ? joined[0] : joined.find(([name]) => name === first);
  return [first ?? own?.[0], own?.[1].IPAddress];
}

/** A bridge whose gateway the engine chose itself has the first address of its network. */
function gatewayOf({ Driver, IPAM }: NetworkDetails): string | undefined {
  if (Driver !== 'bridge') return undefined;
  const config = IPAM?.Config?.find(isVersion4);
  const network = /^(\d+\.\d+\.\d+)\.0\/\d+$/.exec(config?.Subnet ?? '')?.[1];
  return config?.Gateway?.split('/')[0] ?? (network && `${network}.1`);
}

const isVersion4 = (config: { readonly Gateway?: string; readonly Subnet?: string }): boolean =>
  !(config.Gateway ?? config.Subnet ?? ':').includes(':');

/** Only an address of this machine can be listened on: an engine in a virtual machine has another's. */
function isOwnAddress(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(0, address, () => probe.close(() => resolve(true)));
  });
}
