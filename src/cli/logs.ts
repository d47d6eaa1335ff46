/** `lambdad logs`: what functions wrote, as it is in their log groups. */
import { milliseconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { DaemonUnreachable, readDaemon } from './daemon-client.ts';
import { resolveEndpoint } from './endpoint.ts';
import { Progress } from './progress.ts';
import { StopRequest } from './stop-request.ts';
import { type Colours, coloursFor } from './terminal-colours.ts';

export interface LogsOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
  readonly follow?: boolean;
  /** A duration such as `90s`, `10m`, `2h` or `1d`, or an ISO 8601 time. */
  readonly since?: string;
}

/** The answer of `GET /_lambdad/logs`. */
interface LogPage {
  readonly events: readonly LogEvent[];
  /** Where to go on: the `since` of the next request. */
  readonly next?: number;
}

interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly message: string;
}

/** @throws CommandFailure when no daemon answers. */
export async function logs(
  functionName: string | undefined,
  options: LogsOptions,
  context: CliContext,
): Promise<ExitCode> {
  const endpoint = resolveEndpoint(options.endpoint, context.environment);
  const write = eventWriter(options, context);
  let since = options.since === undefined ? 0 : sinceTime(options.since, context);
  const read = async (wait: boolean, signal?: AbortSignal): Promise<void> => {
    const query = new URLSearchParams({ since: String(since) });
    if (functionName !== undefined) query.set('function', functionName);
    if (wait) query.set('wait', '1');
    const page = (await readDaemon(endpoint, `/_lambdad/logs?${query.toString()}`, signal)) as LogPage;
    for (const event of page.events) write(event);
    since = page.next ?? Math.max(since, ...page.events.map((event) => event.timestamp + 1));
  };
  await readFirst(read, context);
  if (options.follow === true) await untilStopped(context, (signal) => follow(read, context, signal));
  return ExitCode.ok;
}

type Read = (wait: boolean, signal?: AbortSignal) => Promise<void>;

async function readFirst(read: Read, context: CliContext): Promise<void> {
  using progress = new Progress(context, 'asking the daemon');
  await read(false);
  progress.clear();
}

/** Reads what comes. A daemon that is restarted, as one that is worked on is, is waited for: what it says then goes on. */
async function follow(read: Read, { stderr, clock }: CliContext, signal: AbortSignal): Promise<void> {
  for (let away = false; ; ) {
    try {
      await read(!away, signal);
      if (away) stderr.write('the daemon is back\n');
      return;
    } catch (error) {
      if (!(error instanceof DaemonUnreachable)) throw error;
      if (!away) stderr.write('the daemon is gone; waiting for it to come back (Ctrl-C ends this)\n');
      away = true;
      await clock.sleep(retryInterval, signal);
    }
  }
}

const retryInterval = milliseconds(500);

/** Calls `step` again and again; a signal from the terminal ends it quietly. */
async function untilStopped(context: CliContext, step: (signal: AbortSignal) => Promise<void>): Promise<void> {
  using stop = new StopRequest(context);
  const stopped = new AbortController();
  const watch = stop.requested.then(() => stopped.abort());
  while (!stopped.signal.aborted) {
    try {
      await step(stopped.signal);
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
    }
  }
  await watch;
}

function eventWriter(options: LogsOptions, { stdout, environment }: CliContext): (event: LogEvent) => void {
  if (options.json === true) return (event) => stdout.write(`${JSON.stringify(event)}\n`);
  const colours = coloursFor(stdout, environment);
  const sources = new SourceColours(colours);
  return (event) => stdout.write(eventText(event, colours, sources));
}

function eventText(event: LogEvent, colours: Colours, sources: SourceColours): string {
  const source = event.logGroup.replace(/^\/aws\/lambda\//, '');
  const time = isoTimestamp(milliseconds(event.timestamp));
  return `${colours.dim(time)} ${sources.paint(source)} ${event.message.replace(/\n$/, '')}\n`;
}

/** Each function in a colour of its own, as long as there are enough. */
class SourceColours {
  readonly #palette: readonly ((text: string) => string)[];
  readonly #painters = new Map<string, (text: string) => string>();

  constructor({ cyan, green, magenta, yellow, blue, cyanBright, greenBright, magentaBright }: Colours) {
    this.#palette = [cyan, green, magenta, yellow, blue, cyanBright, greenBright, magentaBright];
  }

  paint(source: string): string {
    let painter = this.#painters.get(source);
    if (painter === undefined) {
      painter = this.#palette[this.#painters.size % this.#palette.length] ?? String;
      this.#painters.set(source, painter);
    }
    return painter(source);
  }
}

const unitMilliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws CommandFailure for what is neither a duration nor a time. */
function sinceTime(text: string, { clock }: CliContext): number {
  const duration = /^(\d{1,9})([smhd])$/.exec(text);
  if (duration) return milliseconds(clock.now() - Number(duration[1]) * (unitMilliseconds[duration[2] ?? ''] ?? 0));
  // oxlint-disable-next-line no-restricted-globals -- parses a time that was typed, reads none
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new CommandFailure(
    `--since "${text}" is neither a duration such as 90s, 10m, 2h, 1d nor a time such as 2026-01-31T12:00:00Z`,
    ExitCode.usage,
  );
}
