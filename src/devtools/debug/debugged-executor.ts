/** Starts the processes of one environment as its executor does, with a debugger's port where the function has one free. */

import type { DebuggerLaunch } from '../../executors/debugger-launch.ts';
import type {
  Executor,
  LaunchSpec,
  PeerConnection,
  ProcessExit,
  ResourceUsage,
  RunningProcess,
} from '../../executors/executor.ts';
import { loopback } from '../../executors/runtime-api-host.ts';
import type { DebugSeat } from './debug-seat.ts';

export interface TakenSeat {
  readonly seat: DebugSeat;
  readonly launch: DebuggerLaunch;
  /** The process and its like are no more. */
  readonly leave: () => void;
}

/** @param take the function's seat, if nobody else has it */
export function debuggedExecutor(
  executor: Executor,
  take: (spec: LaunchSpec) => Promise<TakenSeat | undefined>,
): Executor {
  return {
    kind: executor.kind,
    isolation: executor.isolation,
    runtimeApiHost: executor.runtimeApiHost,
    outputLag: executor.outputLag,
    prepare: (version, signal) => executor.prepare(version, signal),
    async start(prepared, spec, signal) {
      const taken = await take(spec);
      if (taken === undefined) return executor.start(prepared, spec, signal);
      try {
        const process = await executor.start(prepared, { ...spec, debugger: taken.launch }, signal);
        return new DebuggedProcess(process, taken);
      } catch (error) {
        taken.leave();
        throw error;
      }
    },
    // It is not this one's to end.
    [Symbol.asyncDispose]: async () => {},
  };
}

class DebuggedProcess implements RunningProcess {
  readonly #process: RunningProcess;
  readonly #taken: TakenSeat;

  constructor(process: RunningProcess, taken: TakenSeat) {
    this.#process = process;
    this.#taken = taken;
    this.#launched();
  }

  get exited(): Promise<ProcessExit> {
    return this.#process.exited;
  }

  get address(): string {
    return this.#process.address ?? loopback.advertise;
  }

  async restart(signal: AbortSignal): Promise<void> {
    await this.#process.restart(signal);
    this.#launched();
  }

  startRuntime(): void {
    this.#process.startRuntime?.();
  }

  terminate(): void {
    this.#process.terminate();
  }

  freeze(): void {
    this.#process.freeze();
  }

  thaw(): void {
    this.#process.thaw();
  }

  usage(): ResourceUsage {
    return this.#process.usage();
  }

  speaks(connection: PeerConnection): boolean {
    return this.#process.speaks(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#taken.leave();
    await this.#process[Symbol.asyncDispose]();
  }

  #launched(): void {
    this.#taken.seat.launched(this.#process.debuggerHost ?? loopback.advertise);
  }
}
