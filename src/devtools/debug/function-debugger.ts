/** What debuggers find of one function: its port, the process behind it, and the invocations that wait for that process. */
import type { EnvironmentDeps } from '../../environment/environment-deps.ts';
import type { Purpose } from '../../environment/purpose.ts';
import { type DebuggerLaunch, type DebugProtocol, debugProtocolOf } from '../../executors/debugger-launch.ts';
import type { Executor, LaunchSpec } from '../../executors/executor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { FunctionVersion, Generation } from '../../lambda/function/function-version.ts';
import { DebugPort } from './debug-port.ts';
import { DebugSeat } from './debug-seat.ts';
import type { FunctionDebugSettings } from './debug-settings.ts';
import { debuggedExecutor } from './debugged-executor.ts';
import type { FreePorts } from './free-ports.ts';
import { PausableClock } from './pausable-clock.ts';

export interface FunctionDebuggerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly executor: Executor;
  readonly freePorts: FreePorts;
  readonly settings: FunctionDebugSettings;
  readonly host: string;
  readonly port: number;
  readonly nextPort: (port: number) => number;
}

/** A version that is ready to be started, and how to start it. */
export interface DebuggedVersion {
  readonly version: FunctionVersion;
  readonly wake: () => Promise<void>;
}

/** For people, and for programs that configure debuggers. */
export interface DebuggerStatus {
  readonly function: string;
  readonly version: string;
  readonly runtime: string | undefined;
  readonly protocol: DebugProtocol;
  readonly host: string;
  /** Absent as long as it is not open. */
  readonly port: number | undefined;
  /** How many debuggers are attached. */
  readonly attached: number;
  /** The one that they reach; absent when none runs. */
  readonly environment: string | undefined;
  readonly wait: boolean;
  readonly enforceTimeouts: boolean;
}

interface Occupied {
  readonly seat: DebugSeat;
  readonly generation: Generation;
  readonly purpose: Purpose;
}

export class FunctionDebugger implements AsyncDisposable {
  readonly #deps: FunctionDebuggerDeps;
  readonly #port: DebugPort;
  /** The latest is what the function is now; an earlier one is about to be retired. */
  readonly #versions: DebuggedVersion[];
  #occupied: Occupied | undefined;
  #change = Promise.withResolvers<void>();

  constructor(first: DebuggedVersion, deps: FunctionDebuggerDeps) {
    this.#deps = deps;
    this.#versions = [first];
    const { clock, logger, host, port, nextPort } = deps;
    this.#port = new DebugPort({
      clock,
      logger,
      functionName: first.version.functionName,
      protocol: () => this.#protocol,
      host,
      port,
      nextPort,
      seat: () => this.#occupied?.seat,
      wake: async () => this.#versions.at(-1)?.wake(),
    });
  }

  add(version: DebuggedVersion): void {
    this.#versions.push(version);
  }

  /** @returns whether it was the last one */
  remove(version: DebuggedVersion): boolean {
    this.#versions.splice(this.#versions.indexOf(version), 1);
    return this.#versions.length === 0;
  }

  /** For one environment; which of them has the debugger's port is decided when its process starts. */
  equip(
    version: FunctionVersion,
    purpose: Purpose,
    attached: () => void,
  ): Pick<EnvironmentDeps, 'clock' | 'executor' | 'freezeAfter'> {
    const clock = new PausableClock(this.#deps.clock);
    const executor = debuggedExecutor(this.#deps.executor, (spec) =>
      this.#take(version, purpose, spec, clock, attached),
    );
    return { clock, executor, freezeAfter: undefined };
  }

  turn({ generation }: FunctionVersion, purpose: Purpose): Promise<void> | undefined {
    const occupied = this.#occupied;
    if (occupied === undefined || occupied.seat.attached === 0) return undefined;
    return occupied.generation === generation && occupied.purpose === purpose ? this.#change.promise : undefined;
  }

  /** Those who wait for their turn ask again. */
  changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  holds(environmentId: string): boolean {
    const seat = this.#occupied?.seat;
    return seat?.environmentId === environmentId && seat.attached > 0;
  }

  get status(): DebuggerStatus | undefined {
    const version = this.#versions.at(-1)?.version;
    if (version === undefined) return undefined;
    const { host, settings } = this.#deps;
    return {
      function: version.functionArn,
      version: version.version,
      runtime: version.runtime,
      protocol: this.#protocol,
      host,
      port: this.#port.port,
      attached: this.#occupied?.seat.attached ?? 0,
      environment: this.#occupied?.seat.environmentId,
      wait: settings.wait,
      enforceTimeouts: settings.enforceTimeouts,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#port[Symbol.asyncDispose]();
  }

  get #protocol(): DebugProtocol {
    return debugProtocolOf(this.#versions.at(-1)?.version.runtime) ?? 'inspector';
  }

  /** One environment of the function has it; that of a later version takes it over. */
  async #take(
    { generation }: FunctionVersion,
    purpose: Purpose,
    { environmentId }: LaunchSpec,
    clock: PausableClock,
    attached: () => void,
  ): Promise<DebuggerLaunch | undefined> {
    if (this.#occupied?.generation === generation) return undefined;
    const { freePorts, settings } = this.#deps;
    const { wait, enforceTimeouts } = settings;
    const port = await freePorts.take();
    // Another may have been quicker meanwhile.
    if (this.#occupied?.generation === generation) {
      port[Symbol.dispose]();
      return undefined;
    }
    const detached = (): void => this.changed();
    const seat = new DebugSeat({ environmentId, port: port.number, clock, wait, enforceTimeouts, attached, detached });
    const occupied: Occupied = { seat, generation, purpose };
    this.#occupied = occupied;
    const ended = (): void => {
      if (this.#occupied === occupied) this.#occupied = undefined;
      seat[Symbol.dispose]();
      port[Symbol.dispose]();
      this.changed();
    };
    return { port: port.number, wait, launched: (host) => seat.launched(host), ended };
  }
}
