/** The environment variables of a function's process. Nothing of the daemon's own gets in. */
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import type { LaunchSpec } from '../executor.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';

/** The folders of an environment by the paths under which the function sees them. */
export interface FunctionView {
  /** `/var/task` */
  readonly task: string;
  /** `/var/runtime` */
  readonly runtime: string;
  /** `/var/lang/bin` */
  readonly interpreters: string;
  /** `/opt`; `undefined` where the function has none. */
  readonly layers: string | undefined;
  /** Set as TMPDIR where the function cannot have a `/tmp` of its own. */
  readonly temporary: string | undefined;
}

/**
 * What the user cannot set.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (reserved environment variables)
 */
const reserved: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

export function processVariables(
  version: FunctionVersion,
  spec: LaunchSpec,
  provision: RuntimeProvision,
  view: FunctionView,
): Record<string, string> {
  const users = Object.entries(version.variables).filter(([name]) => isName(name) && !reserved.has(name));
  return withoutNul({
    ...systemVariables(view),
    ...runtimeVariables(version, provision, view),
    ...spec.variables,
    ...Object.fromEntries(users),
    AWS_LAMBDA_RUNTIME_API: spec.runtimeApi,
    LAMBDA_TASK_ROOT: view.task,
    LAMBDA_RUNTIME_DIR: view.runtime,
    _HANDLER: version.handler,
  });
}

/** What a process can have as the name of a variable; the API allows less. */
const isName = (name: string): boolean => name !== '' && !/[=\0]/.test(name);

/** A variable of a process ends at its first NUL character, whatever follows. */
function withoutNul(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.split('\0', 1)[0] ?? '']));
}

/** Values as recorded in AWS's own environment, with our paths where those differ. */
function systemVariables({ task, runtime, interpreters, layers, temporary }: FunctionView): Record<string, string> {
  const libraries = ['/lib64', '/usr/lib64', runtime, `${runtime}/lib`, task, `${task}/lib`];
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: [interpreters, '/usr/local/bin', '/usr/bin/', '/bin', ...(layers ? [`${layers}/bin`] : [])].join(':'),
    LD_LIBRARY_PATH: layers
      ? ['/var/lang/lib', ...libraries, `${layers}/lib`].join(':')
      : [task, `${task}/lib`].join(':'),
    ...(temporary === undefined ? {} : { TMPDIR: temporary }),
  };
}

function runtimeVariables(
  version: FunctionVersion,
  provision: RuntimeProvision,
  { task, runtime, layers }: FunctionView,
): Record<string, string> {
  const shell = { PWD: task, SHLVL: '0' };
  switch (provision.family) {
    case 'nodejs': {
      const fromLayers = layers
        ? [`${layers}/nodejs/node${provision.asked}/node_modules`, `${layers}/nodejs/node_modules`]
        : [];
      return {
        ...shell,
        AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
        NODE_PATH: [...fromLayers, `${runtime}/node_modules`, runtime, task].join(':'),
      };
    }
    case 'python':
      return {
        ...shell,
        AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
        PYTHONPATH: runtime,
        LC_CTYPE: 'C.UTF-8',
      };
    case 'provided':
      return shell;
  }
}
