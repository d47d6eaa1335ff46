/** Lets functions in containers call the daemon, which otherwise listens on loopback alone. */
import type { RequestListener } from 'node:http';
import type { Executor } from '../executors/executor.ts';
import { loopback } from '../executors/runtime-api-host.ts';
import { type ListenAddress, type Listener, type ListenOptions, listen } from '../gateway/listener.ts';

const everyAddress = ['0.0.0.0', '::'];

/**
 * Listens on the bridge between this machine and its containers too, which nobody else reaches; nothing where that is
 * not needed.
 */
export async function listenForContainers(
  addresses: readonly ListenAddress[],
  { runtimeApiHost }: Executor,
  serve: RequestListener,
  options: ListenOptions,
): Promise<Listener | undefined> {
  const [first] = addresses;
  const host = runtimeApiHost.listen;
  const covered = addresses.some((address) => [...everyAddress, host].includes(address.host));
  if (first === undefined || covered || host === loopback.listen || everyAddress.includes(host)) return undefined;
  try {
    return await listen([{ host, port: first.port }], serve, options);
  } catch (error) {
    options.logger.warn('Functions in containers will not reach the daemon.', { error });
    return undefined;
  }
}
