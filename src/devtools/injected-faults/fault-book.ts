/** The faults that are still to strike: in the order in which they were asked for, each so many times. */
import type { FaultEffect, FaultWish } from '../../invocation/fault-wish.ts';
import type { InjectedFaults, Mishap } from '../../invocation/injected-fault.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import { concerns, type Fault } from './fault.ts';

export interface FaultBookDeps {
  readonly clock: Clock;
  readonly random: Random;
}

export class FaultBook implements InjectedFaults, Disposable {
  readonly #deps: FaultBookDeps;
  readonly #faults: Fault[] = [];
  readonly #stop = new AbortController();

  constructor(deps: FaultBookDeps) {
    this.#deps = deps;
  }

  /** In the order in which they were asked for. */
  get faults(): readonly Readonly<Fault>[] {
    return this.#faults;
  }

  add({ scope, effect, count }: FaultWish): Readonly<Fault> {
    const fault = { id: this.#deps.random.hex(6), scope, effect, remaining: count };
    this.#faults.push(fault);
    return fault;
  }

  /** @returns how many there were */
  remove(isMeant: (fault: Readonly<Fault>) => boolean): number {
    const left = this.#faults.filter((fault) => !isMeant(fault));
    const removed = this.#faults.length - left.length;
    this.#faults.splice(0, Number.POSITIVE_INFINITY, ...left);
    return removed;
  }

  befalls(version: FunctionVersion, qualifier: string | undefined): Mishap | undefined {
    if (this.#faults.length === 0) return undefined;
    const latency = this.#take(version, qualifier, 'latency')?.delay;
    const refusal = this.#take(version, qualifier, 'throttle', 'service-error');
    if (refusal !== undefined) return { latency, refusal: refusalOf(refusal), coldStart: false, failure: undefined };
    // What is refused meets nothing of this: it waits for the next invocation.
    const coldStart = this.#take(version, qualifier, 'cold-start') !== undefined;
    const error = this.#take(version, qualifier, 'function-error');
    if (latency === undefined && !coldStart && error === undefined) return undefined;
    return { latency, refusal: undefined, coldStart, failure: error && failureOf(error) };
  }

  /** How much later than it is the init phase that begins now is to be over. */
  initDelay(version: FunctionVersion): Milliseconds | undefined {
    return this.#take(version, undefined, 'init-delay')?.delay;
  }

  async wait(latency: Milliseconds): Promise<boolean> {
    try {
      await this.#deps.clock.sleep(latency, this.#stop.signal);
      return true;
    } catch (error) {
      if (this.#stop.signal.aborted) return false;
      throw error;
    }
  }

  /** Who waits is let go. */
  [Symbol.dispose](): void {
    this.#stop.abort(new Error('the daemon is shutting down'));
  }

  /** The first fault of these kinds that concerns the version, if there is one: it has struck once more. */
  #take<Kind extends FaultEffect['kind']>(
    version: FunctionVersion,
    qualifier: string | undefined,
    ...kinds: readonly Kind[]
  ): EffectOf<Kind> | undefined {
    for (const [at, fault] of this.#faults.entries()) {
      const { scope, effect } = fault;
      if (!isOneOf(effect, kinds) || !concerns(scope, version, qualifier)) continue;
      fault.remaining -= 1;
      if (fault.remaining === 0) this.#faults.splice(at, 1);
      return effect;
    }
    return undefined;
  }
}

type EffectOf<Kind extends FaultEffect['kind']> = Extract<FaultEffect, { kind: Kind }>;

const isOneOf = <Kind extends FaultEffect['kind']>(
  effect: FaultEffect,
  kinds: readonly Kind[],
): effect is EffectOf<Kind> => kinds.some((kind) => kind === effect.kind);

const refusalOf = (effect: EffectOf<'throttle' | 'service-error'>): Mishap['refusal'] =>
  effect.kind === 'throttle'
    ? { kind: 'throttle', reason: effect.reason }
    : { kind: 'service-error', message: effect.errorMessage };

const failureOf = ({ errorType, errorMessage }: EffectOf<'function-error'>): NonNullable<Mishap['failure']> => ({
  kind: 'error',
  payload: Buffer.from(JSON.stringify({ errorType, errorMessage, trace: [] })),
  errorType,
});
