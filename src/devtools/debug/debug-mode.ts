/** Debug mode: which functions debuggers may attach to, and where. */
import type { Debugging } from '../../environment/debugging.ts';
import type { Environment } from '../../environment/environment.ts';
import type { Purpose } from '../../environment/purpose.ts';
import { debugProtocolOf } from '../../executors/debugger-launch.ts';
import type { Executor } from '../../executors/executor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import type { FunctionDebugSettings, NamedDebugSettings } from './debug-settings.ts';
import { FreePorts } from './free-ports.ts';
import { type DebuggedVersion, type DebuggerStatus, FunctionDebugger } from './function-debugger.ts';
import type { PortBook } from './port-book.ts';

export interface DebugModeDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly executor: Executor;
  readonly ports: PortBook;
  /** The address on which debuggers are waited for, where the settings of a function have no other. */
  readonly host: string;
  /** Of `$LATEST` of every function where there is no list. */
  readonly everyFunction: FunctionDebugSettings;
  /** Only these functions are debugged; every one where absent. */
  readonly functions: readonly NamedDebugSettings[] | undefined;
}

/** A function's version that could be debugged, and its debugger when it is. */
interface Candidate extends DebuggedVersion {
  debugged: FunctionDebugger | undefined;
}

export class DebugMode implements Debugging {
  readonly #deps: DebugModeDeps;
  readonly #freePorts = new FreePorts();
  readonly #candidates = new Set<Candidate>();
  readonly #debuggers = new Map<string, FunctionDebugger>();
  #functions: readonly NamedDebugSettings[] | undefined;

  constructor(deps: DebugModeDeps) {
    this.#deps = deps;
    this.#functions = deps.functions;
  }

  /** Every function that debuggers may attach to. */
  get status(): readonly DebuggerStatus[] {
    return [...this.#debuggers.values()].flatMap(({ status }) => status ?? []);
  }

  open(version: FunctionVersion, wake: () => Promise<void>): AsyncDisposable {
    const candidate: Candidate = { version, wake, debugged: undefined };
    this.#candidates.add(candidate);
    this.#admit(candidate);
    return {
      [Symbol.asyncDispose]: async () => {
        this.#candidates.delete(candidate);
        await this.#dismiss(candidate);
      },
    };
  }

  equip(version: FunctionVersion, purpose: Purpose, attached: () => void): ReturnType<Debugging['equip']> {
    return this.#debuggers.get(nameOf(version))?.equip(version, purpose, attached);
  }

  turn(version: FunctionVersion, purpose: Purpose): Promise<void> | undefined {
    return this.#debuggers.get(nameOf(version))?.turn(version, purpose);
  }

  freed(version: FunctionVersion): void {
    this.#debuggers.get(nameOf(version))?.changed();
  }

  holds({ version, id }: Environment): boolean {
    return this.#debuggers.get(nameOf(version))?.holds(id) ?? false;
  }

  /** The list of functions has become another: ports are opened and closed, what runs is left alone. */
  async change(functions: readonly NamedDebugSettings[]): Promise<void> {
    const before = new Map([...this.#candidates].map((candidate) => [candidate, this.#settingsOf(candidate.version)]));
    this.#functions = functions;
    for (const [candidate, settings] of before) {
      if (JSON.stringify(settings) === JSON.stringify(this.#settingsOf(candidate.version))) continue;
      await this.#dismiss(candidate);
      if (this.#candidates.has(candidate)) this.#admit(candidate);
    }
  }

  #admit(candidate: Candidate): void {
    const { version } = candidate;
    const settings = this.#settingsOf(version);
    if (settings === undefined) return;
    const { logger, clock, executor, host: usualHost } = this.#deps;
    if (debugProtocolOf(version.runtime) === undefined) {
      const kind = version.runtime === undefined ? 'a container image' : `the runtime ${version.runtime}`;
      logger.info(`Debuggers cannot attach to ${version.functionName}, which is of ${kind}.`);
      return;
    }
    const name = nameOf(version);
    candidate.debugged = this.#debuggers.get(name);
    if (candidate.debugged !== undefined) {
      candidate.debugged.add(candidate);
      return;
    }
    const { host = usualHost, port = this.#deps.ports.portOf(name, this.#isReserved) } = settings;
    candidate.debugged = new FunctionDebugger(candidate, {
      clock,
      logger,
      executor,
      freePorts: this.#freePorts,
      settings,
      host,
      port,
      nextPort: (taken) => this.#deps.ports.next(taken, this.#isReserved),
    });
    this.#debuggers.set(name, candidate.debugged);
  }

  async #dismiss(candidate: Candidate): Promise<void> {
    const { debugged, version } = candidate;
    candidate.debugged = undefined;
    if (!debugged?.remove(candidate)) return;
    this.#debuggers.delete(nameOf(version));
    debugged.changed();
    await debugged[Symbol.asyncDispose]();
  }

  /** Published versions are debugged when the list names them, as which of them is meant by a name alone is not clear. */
  #settingsOf({ functionName, scope, version }: FunctionVersion): FunctionDebugSettings | undefined {
    if (this.#functions === undefined) return version === '$LATEST' ? this.#deps.everyFunction : undefined;
    return this.#functions.find(
      (named) =>
        named.name === functionName &&
        named.version === version &&
        (named.scope === undefined || (named.scope.account === scope.account && named.scope.region === scope.region)),
    );
  }

  /** Whether the list gives the port to a function. */
  readonly #isReserved = (port: number): boolean => this.#functions?.some((named) => named.port === port) ?? false;
}

const nameOf = ({ functionArn, version }: FunctionVersion): string => `${functionArn}:${version}`;
