/** `lambdad ps`: the execution environments there are. */
import { milliseconds } from '../kernel/quantity.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { readDaemon } from './daemon-client.ts';
import { durationText } from './duration-text.ts';
import { resolveEndpoint } from './endpoint.ts';
import { Progress } from './progress.ts';
import { StopRequest } from './stop-request.ts';
import { coloursFor } from './terminal-colours.ts';
import { textTable } from './text-table.ts';

export interface PsOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
  /** Show them again every second, until Ctrl-C. */
  readonly watch?: boolean;
}

/** The answer of `GET /_lambdad/environments`. */
interface EnvironmentList {
  readonly executor: string;
  readonly environments: readonly {
    readonly id: string;
    readonly function: string;
    readonly version: string;
    readonly state: string;
    readonly ageSeconds: number;
    readonly invocations: number;
    readonly maxMemoryBytes: number;
    readonly memorySizeMB: number;
    readonly pid?: number;
    readonly container?: string;
  }[];
}

const watchInterval = milliseconds(1000);
/** The whole screen, from its first line on. */
const clearScreen = '\x1b[H\x1b[2J\x1b[3J';

/** @throws CommandFailure when no daemon answers */
export async function ps(functionName: string | undefined, options: PsOptions, context: CliContext): Promise<ExitCode> {
  const endpoint = resolveEndpoint(options.endpoint, context.environment);
  const query = functionName === undefined ? '' : `?${new URLSearchParams({ function: functionName }).toString()}`;
  const read = async (): Promise<string> => {
    using _progress = new Progress(context, 'asking the daemon');
    const list = (await readDaemon(endpoint, `/_lambdad/environments${query}`)) as EnvironmentList;
    if (options.json === true) return `${JSON.stringify(list, null, options.watch === true ? 0 : 2)}\n`;
    return listText(list, context);
  };
  if (options.watch === true) await watch(read, options.json !== true, context);
  else context.stdout.write(await read());
  return ExitCode.ok;
}

async function watch(read: () => Promise<string>, redraws: boolean, context: CliContext): Promise<void> {
  const { stdout, clock } = context;
  using stop = new StopRequest(context);
  const stopped = new AbortController();
  const watching = stop.requested.then(() => stopped.abort());
  while (!stopped.signal.aborted) {
    const text = await read();
    stdout.write(redraws && stdout.isTTY === true ? clearScreen + text : text);
    await clock.sleep(watchInterval, stopped.signal).catch(() => undefined); // Ctrl-C ends the wait
  }
  await watching;
}

function listText({ executor, environments }: EnvironmentList, { stdout, environment }: CliContext): string {
  if (environments.length === 0) return 'no environments: the next invocation of any function is a cold start\n';
  const colours = coloursFor(stdout, environment);
  const [head = '', ...rows] = textTable([
    ['FUNCTION', 'STATE', 'AGE', 'MEMORY', 'INVOCATIONS', 'EXECUTOR', 'RUNS AS', 'ID'],
    ...environments.map((one) => [
      `${one.function}:${one.version}`,
      one.state,
      durationText(one.ageSeconds),
      `${Math.ceil(one.maxMemoryBytes / 1_048_576)}/${one.memorySizeMB} MB`,
      String(one.invocations),
      executor,
      one.container?.slice(0, 12) ?? (one.pid === undefined ? '-' : `pid ${one.pid}`),
      one.id.slice(0, 12),
    ]),
  ]);
  return `${[colours.dim(head), ...rows].join('\n')}\n`;
}
