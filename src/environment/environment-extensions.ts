/** The extensions of one environment: those beside its present runtime process, and the telemetry that outlives them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OutputSink, ProcessExit, RunningProcess } from '../executors/executor.ts';
import { exitReason } from '../executors/exit-reason.ts';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import { settledWithin } from '../kernel/settled-within.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { ExtensionFailure } from '../runtime-api/extensions/extension.ts';
import type { ShutdownReason } from '../runtime-api/extensions/extension-event.ts';
import { Extensions, extensionLimit } from '../runtime-api/extensions/extensions.ts';
import { serveExtensions } from '../runtime-api/extensions/extensions-endpoint.ts';
import type { InitAnswer, RuntimeEvent } from '../runtime-api/runtime-event.ts';
import { Telemetry } from '../runtime-api/telemetry/telemetry.ts';
import type { ConnectPort } from '../runtime-api/telemetry/telemetry-connection.ts';
import { serveTelemetry } from '../runtime-api/telemetry/telemetry-endpoint.ts';
import type { EnvironmentLog } from './environment-log.ts';
import { extensionReport } from './extension-report.ts';

export interface EnvironmentExtensionsDeps {
  readonly version: FunctionVersion;
  /** File names of the external ones. */
  readonly external: readonly string[];
  readonly log: EnvironmentLog;
  readonly clock: Clock;
  readonly random: Random;
  /** To a port of the environment's. */
  readonly connect: ConnectPort;
  /** Called when the environment cannot go on with them; not while they are being ended. */
  readonly failed: (failure: ExtensionFailure) => void;
}

/**
 * How long an environment with extensions may take to end, and of that the runtime.
 * @see Lambda Developer Guide, "Using the Lambda Extensions API to create extensions", "Shutdown phase"
 */
const shutdownLimit = 2000;
const runtimeLimit = { alone: 300, withInternal: 500 };

/** A shell's exit code for a file that it may not execute; of an extension that has registered it is its own. */
const notExecutable = 126;

/** Of the time for the shutdown: how long subscribers that do not take their telemetry are waited for. */
const flushLimit = 400;

export class EnvironmentExtensions implements Disposable {
  readonly #deps: EnvironmentExtensionsDeps;
  readonly #telemetry: Telemetry;
  #current: Extensions;
  #shutdown: Promise<void> | undefined;

  constructor(deps: EnvironmentExtensionsDeps) {
    const { clock, connect, log } = deps;
    this.#deps = deps;
    this.#telemetry = new Telemetry({ clock, connect });
    this.#current = this.#begin();
    log.tap = (fact) => this.#telemetry.emit(fact);
  }

  /** Whether there are any: of functions without extensions the rest is never asked. */
  get exist(): boolean {
    return this.#current.exist;
  }

  /** Why nothing is to be started at all. */
  get refusal(): ExtensionFailure | undefined {
    const count = this.#deps.external.length;
    if (count <= extensionLimit) return undefined;
    const reason = `the layers bring ${count} extensions, the limit is ${extensionLimit}`;
    return { errorType: 'FunctionError.TooManyExtensions', reason };
  }

  /** What the external ones write. */
  readonly output: OutputSink = (chunk) => this.#deps.log.extensionOutput(chunk);

  /** The process of an external one has ended. */
  readonly exited = (name: string, exit: ProcessExit): void => {
    if (exit.kind === 'code' && exit.code === notExecutable) {
      this.#current.launchFailed(name, `fork/exec /opt/extensions/${name}: permission denied`);
    }
    this.#current.processEnded(name, exitReason(exit));
  };

  /** Answers what is not of the Runtime API itself. */
  readonly serve = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { version, random, log } = this.#deps;
    const extensions = this.#current;
    if (serveExtensions({ extensions, version, newId: () => random.uuid() }, request, response)) return true;
    const telemetry = this.#telemetry;
    return serveTelemetry(
      {
        telemetry,
        extensions,
        subscribed: ({ name }, state, { api, types }) => {
          const type = api === 'logs' ? 'platform.logsSubscription' : 'platform.telemetrySubscription';
          log.platform({ type, record: { name, state, types } });
        },
      },
      request,
      response,
    );
  };

  /** New processes are about to be started. */
  restart(): void {
    this.#shutdown = undefined;
    this.#current = this.#begin();
  }

  /** Starts the runtime as soon as all that were started before it have registered. */
  async startRuntime(process: RunningProcess | undefined): Promise<void> {
    const extensions = this.#current;
    await extensions.when(() => extensions.allRegistered);
    if (this.#shutdown !== undefined || extensions !== this.#current) return;
    extensions.runtimeStarts();
    process?.startRuntime?.();
  }

  /** The runtime has initialised, or failed to: tells `booted` when all extensions have too. */
  initialised(answer: InitAnswer, booted: (answer: InitAnswer) => void): void {
    const extensions = this.#current;
    extensions.closeRegistration();
    if (answer.kind !== 'ready' || !extensions.exist) booted(answer);
    else void extensions.when(() => extensions.allIdle).then(() => booted(answer));
  }

  /** The init phase is over, however it ended. */
  endInit(): void {
    this.#telemetry.close();
    for (const extension of this.#current.all) this.#deps.log.platform(extensionReport(extension));
  }

  invoke(event: RuntimeEvent): void {
    this.#current.invoke(event);
  }

  /** Resolves when the runtime, of which `runtimeIsIdle` tells, and all extensions are done with their events. */
  allDone(runtimeIsIdle: () => boolean): Promise<void> {
    const extensions = this.#current;
    return extensions.when(() => extensions.allIdle && runtimeIsIdle());
  }

  /** Something changed on which `allDone` depends. */
  changed(): void {
    this.#current.changed();
  }

  freeze(): void {
    this.#telemetry.pause();
  }

  thaw(): void {
    this.#telemetry.resume();
  }

  /**
   * The shutdown phase: first the runtime ends, then the extensions are told, and waited for as long as they may take.
   * What is left after it is the caller's to kill.
   */
  async shutDown(reason: ShutdownReason, process: RunningProcess | undefined): Promise<void> {
    if (process !== undefined) this.#shutdown ??= this.#end(reason, process);
    await this.#shutdown;
  }

  [Symbol.dispose](): void {
    this.#telemetry[Symbol.dispose]();
  }

  #begin(): Extensions {
    const { external, random, failed } = this.#deps;
    this.#telemetry.open();
    const extensions: Extensions = new Extensions({
      external: external.slice(0, extensionLimit),
      newId: () => random.uuid(),
      failed: (failure) => {
        if (this.#shutdown === undefined && extensions === this.#current) failed(failure);
      },
    });
    return extensions;
  }

  async #end(reason: ShutdownReason, process: RunningProcess): Promise<void> {
    const { clock } = this.#deps;
    const extensions = this.#current;
    const limit = runtimeLimit[extensions.internalExist ? 'withInternal' : 'alone'];
    const due = clock.monotonic() + (extensions.externalExist ? shutdownLimit : limit);
    process.thaw();
    this.#telemetry.resume();
    process.terminate();
    await settledWithin(clock, milliseconds(limit), process.exited);
    if (!extensions.externalExist) return;
    await settledWithin(clock, milliseconds(flushLimit), this.#telemetry.flush());
    const left = milliseconds(due - clock.monotonic());
    extensions.shutdown(reason, milliseconds(clock.now() + left));
    await settledWithin(
      clock,
      left,
      extensions.when(() => extensions.allGone),
    );
  }
}
