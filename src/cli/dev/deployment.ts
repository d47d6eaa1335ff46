/** A function that runs from a folder, in the daemon: created or changed, with a URL, and gone again when asked. */
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { CommandFailure } from '../command-failure.ts';
import type { LambdaApi } from './lambda-api.ts';
import type { Project } from './project.ts';

export interface DeploymentPlan {
  readonly name: string;
  readonly project: Project;
  /** The bucket that stands for this machine. */
  readonly bucket: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly withUrl: boolean;
}

export interface Deployment {
  /** False for a function that was there before. */
  readonly created: boolean;
  readonly url: string | undefined;
}

const functions = '2015-03-31/functions';
const between = milliseconds(5);

/** @throws CommandFailure when the daemon refuses, or cannot run the function */
export async function deploy(
  plan: DeploymentPlan,
  api: LambdaApi,
  clock: Clock,
  signal: AbortSignal,
): Promise<Deployment> {
  const { name, project, bucket, variables, timeout, memory } = plan;
  const configuration = {
    Runtime: project.runtime,
    Handler: project.handler,
    Timeout: timeout,
    MemorySize: memory,
    Environment: { Variables: variables },
  };
  const code = { S3Bucket: bucket, S3Key: project.folder };
  const Role = 'arn:aws:iam::000000000000:role/lambdad-dev';
  const creation = { FunctionName: name, Role, Code: code, ...configuration };
  const created = (await api.call({ method: 'POST', path: functions, body: creation })) !== 'conflict';
  if (!created) {
    await api.call({ method: 'PUT', path: `${functions}/${name}/configuration`, body: configuration });
    await settled(name, api, clock, signal);
    await api.call({ method: 'PUT', path: `${functions}/${name}/code`, body: code });
  }
  const [url] = await Promise.all([plan.withUrl ? urlOf(name, api) : undefined, settled(name, api, clock, signal)]);
  return { created, url };
}

export const removeFunction = (name: string, api: LambdaApi): Promise<void> =>
  api.callAtTheEnd({ method: 'DELETE', path: `${functions}/${name}` });

/** Until it can be invoked. */
async function settled(name: string, api: LambdaApi, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    const found = await api.call({ method: 'GET', path: `${functions}/${name}/configuration` });
    if (found === 'conflict') return;
    const { State: state, LastUpdateStatus: update } = found;
    if (state === 'Failed') throw new CommandFailure(`${name} cannot run here: ${String(found['StateReason'])}`);
    if (update === 'Failed') {
      throw new CommandFailure(`${name} cannot run here: ${String(found['LastUpdateStatusReason'])}`);
    }
    if (state !== 'Pending' && update !== 'InProgress') return;
    await clock.sleep(between, signal);
  }
}

async function urlOf(name: string, api: LambdaApi): Promise<string | undefined> {
  const path = `2021-10-31/functions/${name}/url`;
  const created = await api.call({ method: 'POST', path, body: { AuthType: 'NONE' } });
  const found = created === 'conflict' ? await api.call({ method: 'GET', path }) : created;
  // For a daemon that enforces policies. What is there already need not be said again.
  const anybody = { Principal: '*' };
  const allow = (body: object) => api.call({ method: 'POST', path: `${functions}/${name}/policy`, body });
  await Promise.all([
    allow({ ...anybody, StatementId: 'dev-url', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
    allow({ ...anybody, StatementId: 'dev-call', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
  ]);
  return found === 'conflict' ? undefined : String(found['FunctionUrl']);
}
