/** The wish to stop: the first signal asks, a second one insists. */
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { SignalSource, StopSignal } from './cli-context.ts';

interface StopRequestDeps {
  readonly signals: SignalSource;
  readonly clock: Clock;
  readonly exitAtOnce: (code: number) => void;
}

/** 128 plus the signal's number, as shells report it. */
const exitCodes: Readonly<Record<StopSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

// npm and other wrappers pass on what the terminal has already sent to the whole group: one Ctrl-C arrives twice.
const ONE_KEY_PRESS = milliseconds(500);

export class StopRequest implements Disposable {
  /** Settles with the first signal. */
  readonly requested: Promise<StopSignal>;
  readonly #signals: SignalSource;
  readonly #listeners: readonly (readonly [StopSignal, () => void])[];

  constructor({ signals, clock, exitAtOnce }: StopRequestDeps) {
    const { promise, resolve } = Promise.withResolvers<StopSignal>();
    let first: number | undefined;
    const onSignal = (signal: StopSignal): void => {
      if (first === undefined) {
        first = clock.monotonic();
        resolve(signal);
      } else if (clock.monotonic() - first > ONE_KEY_PRESS) {
        exitAtOnce(exitCodes[signal]);
      }
    };
    this.requested = promise;
    this.#signals = signals;
    this.#listeners = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => [signal, () => onSignal(signal)]);
    for (const [signal, listener] of this.#listeners) signals.on(signal, listener);
  }

  [Symbol.dispose](): void {
    for (const [signal, listener] of this.#listeners) this.#signals.off(signal, listener);
  }
}
