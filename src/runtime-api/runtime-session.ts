/** One runtime process over its life: pairs the events it is given with the answers it sends. */
import { StateMachine } from '../kernel/state-machine.ts';
import type { InitAnswer, RuntimeAnswer, RuntimeEvent } from './runtime-event.ts';
import { type RuntimeSessionState, runtimeSessionTransitions } from './runtime-session-state.ts';

/** Hands an event to a `GET /next` that waits. */
export type Delivery = (event: RuntimeEvent) => void;

/** Why the Runtime API refuses a request, in the error types that AWS's own uses. */
export type Refusal = 'InvalidStateTransition' | 'InvalidRequestID';

interface Running {
  readonly event: RuntimeEvent;
  readonly answered: (answer: RuntimeAnswer) => void;
}

export class RuntimeSession {
  readonly #machine = new StateMachine<RuntimeSessionState>('runtime session', runtimeSessionTransitions, 'booting');
  readonly #initialised: (answer: InitAnswer) => void;
  readonly #becameIdle: () => void;
  readonly #restore: ((proceed: () => void) => void) | undefined;
  #parked: Delivery | undefined;
  #running: Running | undefined;
  #streaming = false;
  #closed = false;

  /**
   * @param initialised called once, at the first `GET /next` or at `POST /init/error` or `/restore/error`
   * @param becameIdle called at each later `GET /next` that finds nothing to do
   * @param restore called at `GET /restore/next`, with what answers it; without it nothing is ever restored here
   */
  constructor(
    initialised: (answer: InitAnswer) => void,
    becameIdle: () => void,
    restore?: (proceed: () => void) => void,
  ) {
    this.#initialised = initialised;
    this.#becameIdle = becameIdle;
    this.#restore = restore;
  }

  get state(): RuntimeSessionState {
    return this.#machine.state;
  }

  /** The event that was handed to the runtime and is not answered yet, or waits for its `GET /next`. */
  get current(): RuntimeEvent | undefined {
    return this.#running?.event;
  }

  /** Gives the runtime an event; when its `GET /next` has not come yet, the event waits for it. */
  invoke(event: RuntimeEvent, answered: (answer: RuntimeAnswer) => void): void {
    this.#running = { event, answered };
    if (this.#machine.state === 'idle') this.#hand();
  }

  /** `GET /next`. */
  next(delivery: Delivery): Refusal | undefined {
    // It is about to be ended: a refusal would only make it complain in the function's log.
    if (this.#closed) return undefined;
    const state = this.#machine.state;
    // A second request while one waits comes from a runtime that lost its connection: the newer one counts.
    if (state !== 'idle') {
      if (!this.#machine.can('idle')) return 'InvalidStateTransition';
      this.#machine.transition('idle');
    }
    this.#parked = delivery;
    if (state === 'booting' || state === 'restoring') this.#initialised({ kind: 'ready' });
    if (this.#running === undefined) this.#becameIdle();
    else this.#hand();
    return undefined;
  }

  /** The connection on which `GET /next` waited is gone. */
  unpark(delivery: Delivery): void {
    if (this.#parked === delivery) this.#parked = undefined;
  }

  /** `POST /invocation/{id}/response` or `/error` begins: whether it may. */
  mayAnswer(requestId: string): Refusal | undefined {
    if (this.#running?.event.requestId !== requestId) return 'InvalidRequestID';
    return this.#machine.state === 'running' && !this.#streaming ? undefined : 'InvalidStateTransition';
  }

  /** An answer that may be sent is passed on while it comes: no second one may begin. */
  beginStream(): void {
    this.#streaming = true;
  }

  /** The streamed answer has ended, well or not. */
  endStream(requestId: string, answer: RuntimeAnswer): void {
    this.#streaming = false;
    this.answer(requestId, answer);
  }

  /** The answer to `requestId` is complete. */
  answer(requestId: string, answer: RuntimeAnswer): Refusal | undefined {
    const refusal = this.mayAnswer(requestId);
    if (refusal !== undefined) return refusal;
    const running = this.#running;
    this.#running = undefined;
    this.#machine.transition('responding');
    running?.answered(answer);
    return undefined;
  }

  /** `POST /init/error`. */
  initError(payload: Buffer, errorType: string): Refusal | undefined {
    if (this.#machine.state !== 'booting') return 'InvalidStateTransition';
    // A runtime that could not initialise has nothing more to ask or to answer.
    this.#machine.transition('exited');
    this.#initialised({ kind: 'init-error', payload, errorType });
    return undefined;
  }

  /** `GET /restore/next`: the runtime has initialised, and waits until it is restored. */
  restoreNext(proceed: () => void): Refusal | undefined {
    if (this.#restore === undefined || this.#machine.state !== 'booting') return 'InvalidStateTransition';
    this.#machine.transition('restoring');
    this.#restore(proceed);
    return undefined;
  }

  /** `POST /restore/error`. */
  restoreError(errorType: string): Refusal | undefined {
    if (this.#machine.state !== 'restoring') return 'InvalidStateTransition';
    this.#machine.transition('exited');
    this.#initialised({ kind: 'restore-error', errorType });
    return undefined;
  }

  /** The process is gone, or soon will be: there is no event for it, whatever else it still sends is refused. */
  close(): void {
    this.#closed = true;
    if (this.#machine.can('exited')) this.#machine.transition('exited');
    this.#parked = undefined;
    this.#running = undefined;
  }

  #hand(): void {
    const delivery = this.#parked;
    if (delivery === undefined || this.#running === undefined) return;
    this.#parked = undefined;
    this.#machine.transition('running');
    delivery(this.#running.event);
  }
}
