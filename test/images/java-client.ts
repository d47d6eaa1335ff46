/** AWS's runtime interface client for Java, as the daemon fetches it for functions on the host; kept for later tests. */
import { fileURLToPath } from 'node:url';
import { FetchedRuntimes } from '../../src/executors/host/provision/fetched-runtimes.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { hostPlatform } from '../conformance/executor/host-platform.ts';

const directory = fileURLToPath(new URL('../../.lambdad/test-cache/daemon/runtimes/', import.meta.url));

/** The folder whose `lib` has its archives. */
export const fetchedJavaClient = (): Promise<string> =>
  new FetchedRuntimes({ platform: hostPlatform, logger: silentLogger, directory, allowed: true }).javaClient(
    new AbortController().signal,
  );
