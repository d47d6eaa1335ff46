/** The port to where a function's process runs: host, Docker, Kubernetes. Each passes `test/conformance/executor`. */
import type { Duplex } from 'node:stream';
import type { Brand } from '../kernel/brand.ts';
import type { Bytes, Milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { DebuggerLaunch } from './debugger-launch.ts';
import type { RuntimeApiHost } from './runtime-api-host.ts';

/** Thirty-two hexadecimal digits, which end the name of the environment's log stream too. */
export type EnvironmentId = Brand<string, 'EnvironmentId'>;

export type OutputSink = (chunk: Buffer) => void;

export interface LaunchSpec {
  readonly environmentId: EnvironmentId;
  /** `host:port` of this environment's Runtime API as seen from the process. */
  readonly runtimeApi: string;
  /** Variables that the service sets beside those of the runtime's own (`AWS_LAMBDA_*`, credentials) and the user's. */
  readonly variables: Readonly<Record<string, string>>;
  /** Receives stdout and stderr, in the order in which the process wrote to each. */
  readonly output: OutputSink;
  /** Receives what external extensions write; where absent, nobody reads it. */
  readonly extensionOutput?: OutputSink;
  /** Told of the end of each external extension's process. */
  readonly extensionExited?: (name: string, exit: ProcessExit) => void;
  /** Given to a process that lets debuggers in, where its runtime can; its memory limit is then higher. */
  readonly debugger?: DebuggerLaunch;
}

/** What was done once for a version so that starting it is quick; disposing it frees that. */
export interface PreparedVersion extends AsyncDisposable {
  readonly version: FunctionVersion;
  /** File names of the external extensions, which lie in `/opt/extensions`; none where absent. */
  readonly extensions?: readonly string[];
  /** Of a container image: its SHA-256 in hexadecimal, as found. */
  readonly imageDigest?: string | undefined;
}

/** How a process ended. `oom` says that the memory limit did it. */
export type ProcessExit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals; readonly oom: boolean };

export interface ResourceUsage {
  /** Peak resident memory of all processes of the environment since its start. */
  readonly maxMemory: Bytes;
}

/** A connection to the Runtime API, as the accepting side has it. */
export interface PeerConnection {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** What a person can look for with the tools of the machine. */
export type ProcessHandle =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'container'; readonly id: string };

/** One environment's process tree. Disposing it ends the tree and removes its file system; idempotent. */
export interface RunningProcess extends AsyncDisposable {
  /** Settles when the current runtime process has ended; replaced by `restart`. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Of what runs now, where it is known. */
  readonly handle?: ProcessHandle | undefined;
  /** Ends what runs (SIGKILL to the whole tree) and starts a new runtime process on the same file system. */
  restart(signal: AbortSignal): Promise<void>;
  /**
   * Starts the runtime beside the external extensions of the version: where it has some, `start` and `restart` only
   * start those, in the same sandbox, so that they can register first. Does nothing where it has none.
   */
  startRuntime?(): void;
  /** Connects to a port on which the environment listens; where absent, it listens on this machine. */
  connect?(port: number): Promise<Duplex>;
  /** Asks the runtime to stop (SIGTERM); `dispose` is what makes sure. */
  terminate(): void;
  /** Stops the tree's clock between invocations, and lets it run again. Both idempotent, both cheap. */
  freeze(): void;
  thaw(): void;
  usage(): ResourceUsage;
  /**
   * Whether a connection comes from this tree, so that no function can pass for another. Where the system cannot tell,
   * every connection does.
   */
  speaks(connection: PeerConnection): boolean;
}

/** A version that cannot be started here, with a StateReasonCode of the API and one sentence that says what to do. */
export class PreparationFailed extends Error {
  override readonly name = 'PreparationFailed';
  readonly code: string;

  constructor(code: string, reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface Executor extends AsyncDisposable {
  readonly kind: 'host' | 'docker' | 'kubernetes';
  /** One line for start-up and `doctor`: which isolation is in force. */
  readonly isolation: string;
  /** Where its processes reach the daemon; settled once a version has been prepared. */
  readonly runtimeApiHost: RuntimeApiHost;
  /** How long output may still be on its way when its process has written it; undefined where that takes no time. */
  readonly outputLag: Milliseconds | undefined;
  /**
   * @param progress told in a few words what takes long, and how far it is
   * @throws PreparationFailed
   */
  prepare(version: FunctionVersion, signal: AbortSignal, progress?: (what: string) => void): Promise<PreparedVersion>;
  /** @throws Error when the process cannot be spawned at all. */
  start(prepared: PreparedVersion, spec: LaunchSpec, signal: AbortSignal): Promise<RunningProcess>;
}
