/** What a container is made with: from a version, its image and what the user said about containers. */
import type { LaunchSpec } from '../executor.ts';
import { memoryLimit } from '../memory-limit.ts';
import { openFiles, processLimit } from '../processes-limit.ts';
import { usersVariables, withoutNul } from '../users-variables.ts';
import { debuggerPorts, debuggerVariables } from './container-debugger.ts';
import type { DockerFlags } from './docker-flags.ts';
import type { DockerOptions } from './docker-options.ts';
import type { ContainerSettings, HostSettings, Mount } from './engine/engine-types.ts';
import { containerLauncher } from './extensions/container-launcher.ts';
import type { PreparedParts } from './prepared-on-docker.ts';
import { environmentLabel, functionLabel, versionLabel } from './site/container-labels.ts';
import type { ContainerNetwork } from './site/container-network.ts';

export interface ContainerContext {
  readonly options: DockerOptions;
  readonly network: ContainerNetwork;
  /** Of the daemon. */
  readonly labels: Readonly<Record<string, string>>;
  /** From the files that LAMBDA_DOCKER_FLAGS names. */
  readonly fileVariables: Readonly<Record<string, string>>;
}

/** With this much memory a function has the time of one processor. Source: Lambda developer guide, "Configure memory". */
const memoryOfOneProcessor = 1769;
const sharesOfOneProcessor = 1024;

/**
 * Under these names an environment knows itself. With this address what listens under them does so on every address of
 * the container, where the daemon can reach it; who connects to it reaches the container itself.
 */
const ownNames = ['sandbox.localdomain:0.0.0.0', 'sandbox:0.0.0.0'];

export function containerSettings(
  prepared: PreparedParts,
  spec: LaunchSpec,
  context: ContainerContext,
): ContainerSettings {
  const { version, image, user } = prepared;
  const { flags } = context.options;
  const ports = Object.keys({ ...flags.ports, ...debuggerPorts(spec, context.network) });
  return {
    Image: image.Id,
    ...launched(prepared, spec),
    ...(user === undefined ? {} : { User: user }),
    Env: variables(prepared, spec, context),
    Labels: {
      ...flags.labels,
      ...context.labels,
      [functionLabel]: version.functionName,
      [versionLabel]: version.version,
      [environmentLabel]: spec.environmentId,
    },
    AttachStdout: true,
    AttachStderr: true,
    ...(ports.length === 0 ? {} : { ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) }),
    HostConfig: hostSettings(prepared, spec, context),
  };
}

/** Where there are extensions, what comes first is what starts the program beside them. */
function launched(prepared: PreparedParts, { environmentId }: LaunchSpec): Partial<ContainerSettings> {
  const own = program(prepared);
  if (prepared.extensions.length === 0) return own;
  const { Entrypoint: entrypoint, Cmd: command } = prepared.image.Config ?? {};
  return {
    ...own,
    Entrypoint: containerLauncher(environmentId),
    Cmd: [...(own.Entrypoint ?? entrypoint ?? []), ...(own.Cmd ?? command ?? [])],
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
  };
}

/** Entrypoint and command: those of the image, unless the function has its own. */
function program({ version, image, program }: PreparedParts): Partial<ContainerSettings> {
  if (version.packageType === 'Zip') {
    const own = program();
    return {
      WorkingDir: '/var/task',
      ...(own === undefined ? {} : { Entrypoint: [own] }),
      Cmd: [version.handler],
    };
  }
  const { entryPoint, command, workingDirectory } = version.image;
  // An entrypoint of one's own would take the image's command away.
  const given = command ?? (entryPoint === undefined ? undefined : (image.Config?.Cmd ?? undefined));
  return {
    ...(entryPoint === undefined ? {} : { Entrypoint: entryPoint }),
    ...(given === undefined ? {} : { Cmd: given }),
    ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
  };
}

function variables({ version }: PreparedParts, spec: LaunchSpec, context: ContainerContext): readonly string[] {
  const { options, fileVariables } = context;
  const flagged = Object.entries({ ...fileVariables, ...options.flags.environment }).filter(
    ([name]) => !name.startsWith('LOCALSTACK_'),
  );
  const given = withoutNul({
    ...Object.fromEntries(flagged),
    ...zipVariables(version),
    ...spec.variables,
    ...usersVariables(version),
    AWS_LAMBDA_RUNTIME_API: spec.runtimeApi,
  });
  // The name of the container is no variable at AWS.
  return [
    ...Object.entries({ ...given, ...debuggerVariables(version, spec, given) }).map(
      ([name, value]) => `${name}=${value}`,
    ),
    'HOSTNAME',
  ];
}

/** What AWS's images leave to the service; the paths are those of the image itself. */
function zipVariables(version: PreparedParts['version']): Readonly<Record<string, string>> {
  if (version.packageType === 'Image') return {};
  const managed = !/^(?:provided|go)/.test(version.runtime);
  return {
    TZ: ':UTC',
    _HANDLER: version.handler,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    ...(managed ? { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}` } : {}),
  };
}

function hostSettings(prepared: PreparedParts, spec: LaunchSpec, { options, network }: ContainerContext): HostSettings {
  const { version } = prepared;
  const { flags } = options;
  const memory = memoryLimit(version, spec);
  const ports = { ...flags.ports, ...debuggerPorts(spec, network) };
  const server = options.dns();
  const dns = [...flags.dns, ...(server === undefined ? [] : [server])];
  // A container that shares another's network has the names of that.
  const own = network.main?.startsWith('container:') ? [] : ownNames;
  const hosts = [...own, ...network.hosts, ...flags.hosts];
  return {
    Mounts: mounts(prepared, flags),
    ...(flags.volumes.length === 0 ? {} : { Binds: flags.volumes }),
    Memory: memory,
    MemorySwap: memory,
    CpuShares: Math.max(2, Math.round((sharesOfOneProcessor * version.memorySize) / memoryOfOneProcessor)),
    PidsLimit: processLimit,
    Ulimits: [{ Name: 'nofile', Soft: openFiles, Hard: openFiles }, ...flags.ulimits].filter(
      ({ Name }, index, all) => all.findLastIndex((other) => other.Name === Name) === index,
    ),
    ReadonlyRootfs: !flags.privileged,
    Privileged: flags.privileged,
    // The runtime is not the first process, as at AWS: the first is deaf to signals, and has orphans to look after.
    Init: true,
    ...(network.main === undefined ? {} : { NetworkMode: network.main }),
    ...(hosts.length === 0 ? {} : { ExtraHosts: hosts }),
    ...(dns.length === 0 ? {} : { Dns: dns }),
    ...(Object.keys(ports).length === 0 ? {} : { PortBindings: ports }),
    // The daemon reads the output as it comes; only containers that are kept have a log to look at.
    ...(options.removeContainers ? { LogConfig: { Type: 'none' } } : {}),
  };
}

/** `/tmp` is a volume of the container alone: it outlives the process, not the environment. The user may give another. */
function mounts({ delivery: { mounted, copied } }: PreparedParts, { volumes }: DockerFlags): readonly Mount[] {
  const given = volumes.some((volume) => volume.split(':')[1] === '/tmp');
  return [
    ...(given ? [] : [{ Type: 'volume', Target: '/tmp' } as const]),
    ...mounted.map(({ source, target }) => ({ Type: 'bind', Source: source, Target: target, ReadOnly: true }) as const),
    ...copied.map(({ target }) => ({ Type: 'volume', Target: target }) as const),
  ];
}
