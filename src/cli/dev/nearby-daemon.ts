/** The daemon that a command works with: the one that answers, else one started in this very process. */
import { type Config, readConfig } from '../../daemon/config/config.ts';
import { hostFacts } from '../../daemon/config/host-facts.ts';
import { formatHostAndPort } from '../../daemon/config/listen-address.ts';
import { createDaemonLog } from '../../daemon/daemon-log.ts';
import type { CliContext } from '../cli-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { readDaemon } from '../daemon-client.ts';
import { reachable, resolveEndpoint } from '../endpoint.ts';
import { wantsColours } from '../terminal-colours.ts';

export interface NearbyDaemon extends AsyncDisposable {
  readonly endpoint: URL;
  /** It is this process's own, and ends with it. */
  readonly own: boolean;
}

/** @throws CommandFailure when a daemon elsewhere does not answer, or none can be started here. */
export async function nearbyDaemon(option: string | undefined, context: CliContext): Promise<NearbyDaemon> {
  const endpoint = resolveEndpoint(option, context.environment);
  const config = readConfig(context.environment, hostFacts());
  try {
    await readDaemon(endpoint, '/_lambdad/status');
    return { endpoint, own: false, async [Symbol.asyncDispose]() {} };
  } catch (error) {
    if (option !== undefined || !isRefusal(error) || !startsAt(endpoint, config)) throw error;
  }
  const logger = await createDaemonLog({
    // The log that is followed is the function's.
    level: config.debug ? 'debug' : 'warn',
    format: 'text',
    colours: wantsColours(context.stderr, context.environment),
    clock: context.clock,
    write: (line) => context.stderr.write(line),
  });
  const daemon = await context.startDaemon({ config, logger });
  return {
    endpoint: new URL(`http://${formatHostAndPort(reachable(daemon.addresses[0]))}`),
    own: true,
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  };
}

/** Nobody listens there; anything else is somebody's daemon or port, in a state that a new one does not mend. */
const isRefusal = (error: unknown): boolean =>
  error instanceof CommandFailure &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED';

/** Whether a daemon with these settings would answer there. */
function startsAt(endpoint: URL, { listen }: Config): boolean {
  const local = ['localhost', '127.0.0.1', '[::1]', 'localhost.localstack.cloud'].includes(endpoint.hostname);
  return local && listen.some(({ port }) => port === 0 || String(port) === (endpoint.port || '80'));
}
