/** The process that debuggers of a function reach: who is attached to it, and whether its time-outs stand still. */
import type { Socket } from 'node:net';
import type { EnvironmentId } from '../../executors/executor.ts';
import type { PausableClock } from './pausable-clock.ts';

export interface DebugSeatDeps {
  readonly environmentId: EnvironmentId;
  /** On which the process listens, wherever it runs. */
  readonly port: number;
  /** Of the environment's time-outs. */
  readonly clock: PausableClock;
  /** Whether each process waits for a debugger. */
  readonly wait: boolean;
  /** Whether the clock goes on whatever happens. */
  readonly enforceTimeouts: boolean;
  /** A debugger has come. */
  readonly attached: () => void;
  /** The last one has gone. */
  readonly detached: () => void;
}

export class DebugSeat implements Disposable {
  readonly #deps: DebugSeatDeps;
  readonly #debuggers = new Set<Socket>();
  #host: string | undefined;
  /** The process stands still until a debugger comes. */
  #awaiting = false;

  constructor(deps: DebugSeatDeps) {
    this.#deps = deps;
  }

  get environmentId(): EnvironmentId {
    return this.#deps.environmentId;
  }

  /** How many debuggers are attached. */
  get attached(): number {
    return this.#debuggers.size;
  }

  /** Where the process listens, or will soon; nothing as long as there is none. */
  get address(): { readonly host: string; readonly port: number } | undefined {
    return this.#host === undefined ? undefined : { host: this.#host, port: this.#deps.port };
  }

  /** A process has been started, the first or a later one in place of it: debuggers were attached to the one before. */
  launched(host: string): void {
    this.#dismiss();
    this.#host = host;
    this.#awaiting = this.#deps.wait;
    this.#tellClock();
  }

  /** @param debuggerSocket its end is the debugger's detachment */
  attach(debuggerSocket: Socket): void {
    this.#awaiting = false;
    this.#debuggers.add(debuggerSocket);
    debuggerSocket.once('close', () => this.#detach(debuggerSocket));
    this.#tellClock();
    this.#deps.attached();
  }

  /** The process is gone, and no other will be. */
  [Symbol.dispose](): void {
    this.#host = undefined;
    this.#awaiting = false;
    this.#dismiss();
    this.#tellClock();
  }

  #dismiss(): void {
    for (const socket of this.#debuggers) {
      socket.destroy();
      this.#detach(socket);
    }
  }

  #detach(socket: Socket): void {
    if (!this.#debuggers.delete(socket)) return;
    this.#tellClock();
    if (this.#debuggers.size === 0) this.#deps.detached();
  }

  #tellClock(): void {
    const { clock, enforceTimeouts } = this.#deps;
    if (!enforceTimeouts && (this.#awaiting || this.#debuggers.size > 0)) clock.pause();
    else clock.resume();
  }
}
