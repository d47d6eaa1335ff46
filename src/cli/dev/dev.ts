/** `lambdad dev`: a folder as a function with a URL, run as it is while it is edited. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../../daemon/config/config.ts';
import { hostFacts } from '../../daemon/config/host-facts.ts';
import { type Logger, silentLogger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import { type CliContext, ExitCode, type SignalSource } from '../cli-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { invoke } from '../invoke.ts';
import { logs } from '../logs.ts';
import { StopRequest } from '../stop-request.ts';
import { coloursFor } from '../terminal-colours.ts';
import { type Deployment, type DeploymentPlan, deploy, removeFunction } from './deployment.ts';
import { findProject } from './find-project.ts';
import { LambdaApi } from './lambda-api.ts';
import { type NearbyDaemon, nearbyDaemon } from './nearby-daemon.ts';
import type { Project } from './project.ts';

export interface DevOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly name?: string;
  readonly runtime?: string;
  readonly handler?: string;
  /** `KEY=VALUE` each. */
  readonly env?: readonly string[];
  readonly envFile?: string;
  /** Decimal digits, seconds. */
  readonly timeout?: string;
  /** Decimal digits, megabytes. */
  readonly memory?: string;
  /** `false` for `--no-url`. */
  readonly url?: boolean;
  /** JSON; invoked with it at the start and after each change. */
  readonly invoke?: string;
  /** Leave the function in the daemon at the end. */
  readonly keep?: boolean;
}

/**
 * Goes on until Ctrl-C, and then leaves things as they were but for a function that was there before.
 * @throws CommandFailure when nothing in the folder looks like a function, or no daemon can run it.
 */
export async function dev(path: string, options: DevOptions, context: CliContext): Promise<ExitCode> {
  const project = await findProject(path, options);
  const plan = await planOf(project, options, context);
  using stop = new StopRequest(context);
  const stopped = new AbortController();
  void stop.requested.then(() => stopped.abort());
  await using opened = new AsyncDisposableStack();
  const daemon = opened.use(await nearbyDaemon(options.endpoint, context));
  const api = new LambdaApi(daemon.endpoint, context, options.region, stopped.signal);
  try {
    const deployment = await noticed(
      `preparing ${plan.runtime}`,
      context,
      deploy(plan, api, context.clock, stopped.signal),
    );
    if (deployment.created && options.keep !== true) opened.defer(() => removeFunction(plan.name, api));
    context.stdout.write(readyText(plan, deployment, daemon, context));
    await follow(plan, { daemon, region: api.region, event: options.invoke, signal: stopped.signal }, context);
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
  }
  return ExitCode.ok;
}

interface Plan extends DeploymentPlan {
  readonly runtime: string;
}

async function planOf(project: Project, options: DevOptions, { environment }: CliContext): Promise<Plan> {
  return {
    name: options.name ?? nameOf(project),
    project,
    runtime: project.runtime,
    bucket: readConfig(environment, hostFacts()).hotReloadBucket,
    variables: await variablesOf(options),
    timeout: wholeNumber(options.timeout ?? '30', '--timeout'),
    memory: wholeNumber(options.memory ?? '512', '--memory'),
    withUrl: options.url !== false,
  };
}

/** The folder's own name, with what the names of functions cannot hold left out. */
function nameOf({ folder }: Project): string {
  const name = basename(folder)
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
  return name === '' ? 'dev' : name;
}

/** What the command line says wins over the file. */
async function variablesOf({ env = [], envFile }: DevOptions): Promise<Record<string, string>> {
  const fromFile = envFile === undefined ? {} : await variablesIn(envFile);
  const given = env.map((pair): readonly [string, string] => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new CommandFailure(`--env "${pair}" is not of the form KEY=VALUE`, ExitCode.usage);
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return { ...fromFile, ...Object.fromEntries(given) };
}

async function variablesIn(file: string): Promise<Record<string, string>> {
  try {
    // Node.js gives each name one value.
    return parseEnv(await readFile(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    throw new CommandFailure(
      `the file ${file} cannot be read (${error instanceof Error ? error.message : String(error)})`,
      ExitCode.usage,
      error,
    );
  }
}

function wholeNumber(text: string, option: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new CommandFailure(`${option} "${text}" is not a whole number`, ExitCode.usage);
}

const patience = milliseconds(1000);

/** Says what is going on when it takes longer than a second. */
async function noticed<Value>(what: string, { clock, stderr }: CliContext, work: Promise<Value>): Promise<Value> {
  using _notice = clock.timer(patience, () => void stderr.write(`${what} …\n`));
  return await work;
}

function readyText(
  plan: Plan,
  { created, url }: Deployment,
  { endpoint, own }: NearbyDaemon,
  context: CliContext,
): string {
  const colours = coloursFor(context.stdout, context.environment);
  const { name, runtime, project } = plan;
  const lines = [
    `${colours.bold(name)} ${created ? 'runs' : 'was there, and now runs'} from ${project.folder} as ${runtime}, handler ${project.handler} (${project.foundIn})`,
    own
      ? `a daemon was started for it on ${endpoint.origin} and ends with this command`
      : `it is in the daemon on ${endpoint.origin}`,
  ];
  if (url !== undefined) lines.push(colours.cyan(url));
  lines.push(colours.dim(`invoke it with: lambdad invoke ${name} '{}'`), colours.dim('Ctrl-C ends this'));
  return `${lines.join('\n')}\n`;
}

interface Following {
  readonly daemon: NearbyDaemon;
  readonly region: string;
  readonly event: string | undefined;
  readonly signal: AbortSignal;
}

/** Shows what the function logs, and what each change of the folder comes to, until the signal. */
async function follow(plan: Plan, { daemon, region, event, signal }: Following, context: CliContext): Promise<void> {
  const { stdout, clock } = context;
  const endpoint = daemon.endpoint.href;
  const since = isoTimestamp(clock.now());
  const call = async (): Promise<void> => {
    if (event === undefined || signal.aborted) return;
    await invoke(plan.name, event, { endpoint, region }, context);
  };
  const changed = async (): Promise<void> => {
    stdout.write(`${isoTimestamp(clock.now())} ${plan.name} has changed: new code answers from now on\n`);
    await call().catch((error: unknown) => context.stderr.write(`lambdad: ${String(error)}\n`));
  };
  const { watchFolder } = await import('../../daemon/watch-folder.ts');
  const logger: Logger = silentLogger; // the daemon watches too, and warns
  await using _watch = await watchFolder(plan.project.folder, changed, logger, signal);
  await call();
  if (signal.aborted) return;
  await logs(
    plan.name,
    { endpoint, follow: true, since },
    { ...context, signals: remembered(context.signals, signal) },
  );
}

/** A Ctrl-C that came before anybody listened for it is told to who listens late. */
const remembered = (signals: SignalSource, stopped: AbortSignal): SignalSource => ({
  on(name, listener) {
    if (stopped.aborted && name === 'SIGINT') queueMicrotask(listener);
    return signals.on(name, listener);
  },
  off: (name, listener) => signals.off(name, listener),
});
