/** `lambdad start`: runs the daemon in the foreground until it is told to stop. */
import { type Config, readConfig } from '../daemon/config/config.ts';
import { hostFacts } from '../daemon/config/host-facts.ts';
import { InvalidSetting } from '../daemon/config/invalid-setting.ts';
import { formatHostAndPort } from '../daemon/config/listen-address.ts';
import { settingNotices } from '../daemon/config/setting-notices.ts';
import { createDaemonLog } from '../daemon/daemon-log.ts';
import { version } from '../daemon/version.ts';
import { CannotListen } from '../gateway/listener.ts';
import type { Logger } from '../kernel/logger.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { reachable } from './endpoint.ts';
import { Progress } from './progress.ts';
import type { RunningDaemon, StartDaemon } from './start-daemon.ts';
import { StopRequest } from './stop-request.ts';
import { coloursFor, wantsColours } from './terminal-colours.ts';

export interface StartOptions {
  /** The log as JSON, whatever the settings say. */
  readonly jsonLog?: boolean;
}

/**
 * @throws InvalidSetting
 * @throws CommandFailure when the daemon does not start, when an address is taken for example.
 */
export async function start(options: StartOptions, context: CliContext): Promise<ExitCode> {
  const { environment, stdout, stderr, clock } = context;
  const settings = readConfig(environment, hostFacts());
  const config: Config = options.jsonLog === true ? { ...settings, logFormat: 'json' } : settings;
  using progress = new Progress(context, 'starting');
  const logger = await createDaemonLog({
    level: config.logLevel,
    format: config.logFormat,
    colours: wantsColours(stderr, environment),
    clock,
    write: (line) => {
      progress.clear();
      stderr.write(line);
    },
  });
  for (const notice of settingNotices(environment)) logger.warn(notice);

  using stop = new StopRequest(context);
  await using daemon = await startOrExplain(context.startDaemon, config, logger);
  progress[Symbol.dispose]();
  if (config.logFormat === 'json') {
    logger.info('ready', { version, addresses: daemon.addresses, isolation: daemon.isolation });
  } else {
    stdout.write(readyText(daemon, context));
  }
  logger.debug('stopping', { signal: await stop.requested });
  return ExitCode.ok;
}

function readyText(daemon: RunningDaemon, { stdout, environment }: CliContext): string {
  const colours = coloursFor(stdout, environment);
  const urls = daemon.addresses.map((address) => colours.cyan(`http://${formatHostAndPort(reachable(address))}`));
  return `${colours.bold('lambdad')} ${version} is ready on ${urls.join(', ')} (functions run in: ${daemon.isolation})\n`;
}

async function startOrExplain(startDaemon: StartDaemon, config: Config, logger: Logger): Promise<RunningDaemon> {
  try {
    return await startDaemon({ config, logger });
  } catch (error) {
    if (error instanceof InvalidSetting || !(error instanceof Error)) throw error;
    logger.debug('not started', { error });
    const sentence = error instanceof CannotListen ? addressSentence(error) : error.message;
    throw new CommandFailure(sentence, undefined, error);
  }
}

function addressSentence({ code, address, message }: CannotListen): string {
  const shown = formatHostAndPort(address);
  switch (code) {
    case 'EADDRINUSE':
      return `${shown} is taken, perhaps by another lambdad or LocalStack: stop that one ("lambdad doctor" tells how to find it), or set GATEWAY_LISTEN to another address, for example GATEWAY_LISTEN=127.0.0.1:4567`;
    case 'EACCES':
      return `listening on ${shown} is not permitted (ports below 1024 belong to root): set GATEWAY_LISTEN to a higher port, for example GATEWAY_LISTEN=127.0.0.1:4566`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${shown} is not an address of this machine: set GATEWAY_LISTEN to one that is, for example GATEWAY_LISTEN=127.0.0.1:4566`;
    default:
      return message;
  }
}
