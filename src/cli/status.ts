/** `lambdad status`: what the running daemon is doing. */
import type { ListenAddress } from '../daemon/config/listen-address.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { readDaemon } from './daemon-client.ts';
import { durationText } from './duration-text.ts';
import { resolveEndpoint } from './endpoint.ts';
import { Progress } from './progress.ts';
import { coloursFor } from './terminal-colours.ts';
import { textTable } from './text-table.ts';

export interface StatusOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** The answer of `GET /_lambdad/status`. */
export interface DaemonStatus {
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly isolation: string;
  readonly executor: string;
  /** Resident memory of the daemon itself. */
  readonly memoryBytes: number;
  readonly addresses: readonly ListenAddress[];
  /** How many there are. */
  readonly functions: number;
  readonly environments: readonly {
    readonly function: string;
    readonly version: string;
    readonly state: string;
    readonly idleSeconds: number;
    readonly invocations: number;
  }[];
}

/** @throws CommandFailure when no daemon answers. */
export async function status(options: StatusOptions, context: CliContext): Promise<ExitCode> {
  const endpoint = resolveEndpoint(options.endpoint, context.environment);
  using progress = new Progress(context, 'asking the daemon');
  const answer = (await readDaemon(endpoint, '/_lambdad/status')) as DaemonStatus;
  progress.clear();
  context.stdout.write(
    options.json === true ? `${JSON.stringify(answer, null, 2)}\n` : statusText(answer, endpoint, context),
  );
  return ExitCode.ok;
}

function statusText(answer: DaemonStatus, endpoint: URL, { stdout, environment }: CliContext): string {
  const colours = coloursFor(stdout, environment);
  const facts = textTable([
    ['running for', durationText(answer.uptimeSeconds)],
    ['executor', answer.executor],
    ['isolation', answer.isolation],
    ['memory', `${(answer.memoryBytes / 1_048_576).toFixed(1)} MB`],
    ['functions', String(answer.functions)],
    ['environments', String(answer.environments.length)],
  ]);
  const lines = [
    `${colours.bold('lambdad')} ${answer.version} at ${colours.cyan(endpoint.origin)}`,
    ...facts.map(indent),
  ];
  if (answer.environments.length > 0) {
    const [head = '', ...rows] = textTable([
      ['FUNCTION', 'VERSION', 'STATE', 'IDLE', 'INVOCATIONS'],
      ...answer.environments.map((environment) => [
        environment.function,
        environment.version,
        environment.state,
        durationText(environment.idleSeconds),
        String(environment.invocations),
      ]),
    ]);
    lines.push('', colours.dim(head), ...rows);
  }
  return `${lines.join('\n')}\n`;
}

const indent = (line: string): string => `  ${line}`;
