/** The environment variables of a function's process. Nothing of the daemon's own gets in. */
import { join } from 'node:path';
import { isLiveFolder } from '../../lambda/code/live-folder.ts';
import type { ArchiveVersion } from '../../lambda/function/function-version.ts';
import { debugpyVariables } from '../debugger-launch.ts';
import type { LaunchSpec } from '../executor.ts';
import { loopback } from '../runtime-api-host.ts';
import { usersVariables, withoutNul } from '../users-variables.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';

/** The folders of an environment by the paths under which the function sees them. */
export interface FunctionView {
  /** `/var/task` */
  readonly task: string;
  /** `/var/runtime` */
  readonly runtime: string;
  /** `/var/lang/bin` */
  readonly interpreters: string;
  /** Where shared libraries are looked for before those of the function: `/var/lang/lib`, `/lib64`, … */
  readonly libraries: readonly string[];
  /** `/opt`; `undefined` where the function has none. */
  readonly layers: string | undefined;
  /** Set as TMPDIR where the function cannot have a `/tmp` of its own. */
  readonly temporary: string | undefined;
}

export function processVariables(
  version: ArchiveVersion,
  spec: LaunchSpec,
  provision: RuntimeProvision,
  view: FunctionView,
): Record<string, string> {
  const variables = withoutNul({
    ...systemVariables(view),
    ...runtimeVariables(version, provision, view),
    ...spec.variables,
    ...usersVariables(version),
    AWS_LAMBDA_RUNTIME_API: spec.runtimeApi,
    LAMBDA_TASK_ROOT: view.task,
    LAMBDA_RUNTIME_DIR: view.runtime,
    _HANDLER: version.handler,
  });
  if (spec.debugger === undefined || provision.family !== 'python') return variables;
  const folder = join(view.runtime, 'debugger');
  return { ...variables, ...debugpyVariables(spec.debugger, loopback.listen, folder, variables['PYTHONPATH']) };
}

/** Values as recorded in AWS's own environment, with our paths where those differ. */
function systemVariables({ task, interpreters, libraries, layers, temporary }: FunctionView): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: [interpreters, '/usr/local/bin', '/usr/bin/', '/bin', ...(layers ? [`${layers}/bin`] : [])].join(':'),
    LD_LIBRARY_PATH: [...libraries, task, `${task}/lib`, ...(layers ? [`${layers}/lib`] : [])].join(':'),
    ...(temporary === undefined ? {} : { TMPDIR: temporary }),
  };
}

function runtimeVariables(
  version: ArchiveVersion,
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
        PYTHONPATH: [...pythonPaths(layers, provision.asked), runtime].join(':'),
        LC_CTYPE: 'C.UTF-8',
        // Compiled modules in the author's own folder would stand for changes of the same second and size.
        ...([version.code, ...version.layers].some(isLiveFolder) ? { PYTHONDONTWRITEBYTECODE: '1' } : {}),
      };
    case 'ruby':
      return {
        ...shell,
        AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
        ...rubyPaths(task, layers, provision.asked),
      };
    case 'dotnet':
      return { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`, DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
    case 'java':
      return { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}` };
    case 'provided':
      return shell;
  }
}

/** Where Bundler puts gems in a package, and where layers have them. */
function rubyPaths(task: string, layers: string | undefined, version: string): Record<string, string> {
  const ofLayers = (path: string): readonly string[] => (layers === undefined ? [] : [`${layers}/ruby/${path}`]);
  const packaged = `${task}/vendor/bundle/ruby/${version}.0`;
  return {
    GEM_HOME: packaged,
    GEM_PATH: [packaged, ...ofLayers(`gems/${version}.0`)].join(':'),
    RUBYLIB: [task, ...ofLayers('lib')].join(':'),
  };
}

/** In `/opt` the bootstrap looks by itself, as AWS's does; elsewhere it must be told. */
const pythonPaths = (layers: string | undefined, version: string): readonly string[] =>
  layers === undefined || layers === '/opt'
    ? []
    : [`${layers}/python/lib/python${version}/site-packages`, `${layers}/python`];
