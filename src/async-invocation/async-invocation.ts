/** One accepted event, from its first attempt to its end. */

import type { InvocationOutcome } from '../invocation/invocation-outcome.ts';
import type { InvocationRequest } from '../invocation/invoke.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';
import type { Semaphore } from '../kernel/semaphore.ts';
import { StateMachine } from '../kernel/state-machine.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import { type AsyncInvocationState, asyncInvocationTransitions } from './async-invocation-state.ts';
import type { AsyncCondition, AsyncResponse, AsyncResult } from './async-result.ts';
import type { EventMetrics } from './event-metrics.ts';
import { decideRetry, type RetryPolicy } from './retry-policy.ts';

export interface AsyncInvocationDeps {
  /** Counts events; nobody does unless given. */
  readonly metrics?: EventMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
  /** One attempt. @throws ServiceError when the function is gone or not Active */
  readonly invoke: (request: InvocationRequest) => Promise<InvocationOutcome>;
  readonly policyOf: (version: FunctionVersion, invokedFunctionArn: string) => RetryPolicy;
  readonly retryBaseDelay: Milliseconds;
}

/** What one attempt came to: the function ran, or it was not let run. */
type Attempt = { readonly kind: 'ran'; readonly response: AsyncResponse } | { readonly kind: 'refused' };

export class AsyncInvocation {
  readonly #request: InvocationRequest;
  readonly #version: FunctionVersion;
  readonly #deps: AsyncInvocationDeps;
  readonly #accepted: Milliseconds;
  readonly #machine = new StateMachine<AsyncInvocationState>(
    'asynchronous invocation',
    asyncInvocationTransitions,
    'queued',
  );
  #runs = 0;
  #refusals = 0;
  #response: AsyncResponse | undefined;

  constructor(request: InvocationRequest, version: FunctionVersion, deps: AsyncInvocationDeps) {
    this.#request = request;
    this.#version = version;
    this.#deps = deps;
    this.#accepted = deps.clock.now();
  }

  get state(): AsyncInvocationState {
    return this.#machine.state;
  }

  /**
   * Tries until it is done. The request id is the same in all attempts.
   * @param line lets a bounded number of attempts of the function run at once
   * @returns nothing when the daemon stopped first
   */
  async run(line: Semaphore, signal: AbortSignal): Promise<AsyncResult | undefined> {
    for (;;) {
      if (this.#policy().stopped) return this.#end('exhausted', 'ZeroReservedConcurrency');
      const attempt = await this.#attempt(line, signal);
      if (attempt === undefined) return this.#abandon();
      if (attempt.kind === 'ran') {
        this.#runs += 1;
        this.#refusals = 0;
        this.#response = attempt.response;
        if (!attempt.response.failed) return this.#end('delivered', 'Success');
      } else {
        this.#refusals += 1;
      }
      const decision = this.#decide();
      if (decision.kind === 'exhausted') return this.#end('exhausted', 'RetriesExhausted');
      if (decision.kind === 'expired') return this.#end('expired', 'EventAgeExceeded');
      this.#machine.transition('waiting');
      if (!(await this.#wait(decision.after, signal))) return this.#abandon();
    }
  }

  async #attempt(line: Semaphore, signal: AbortSignal): Promise<Attempt | undefined> {
    using _turn = await line.enter();
    if (signal.aborted) return undefined;
    this.#machine.transition('running');
    const { clock, metrics } = this.#deps;
    metrics?.attempted(this.#version, milliseconds(clock.now() - this.#accepted));
    try {
      return attemptOf(await this.#deps.invoke(this.#request));
    } catch (error) {
      // Gone, or between two states: to the event that is a refusal like a throttle, tried again until it is too old.
      const functionName = this.#version.functionName;
      this.#deps.logger.debug(`an attempt of an event for ${functionName} was refused`, { error });
      return { kind: 'refused' };
    }
  }

  /** As it is now: a change counts also for events that wait. */
  #policy(): RetryPolicy {
    return this.#deps.policyOf(this.#version, this.#invokedFunctionArn);
  }

  get #invokedFunctionArn(): string {
    return this.#request.invokedFunctionArn ?? this.#version.functionArn;
  }

  #decide(): ReturnType<typeof decideRetry> {
    const { clock, retryBaseDelay } = this.#deps;
    const attempts = { functionErrors: this.#runs, refusals: this.#refusals };
    const age = milliseconds(clock.now() - this.#accepted);
    return decideRetry(this.#policy(), attempts, age, retryBaseDelay);
  }

  async #wait(delay: Milliseconds, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#deps.clock.sleep(delay, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  #end(state: AsyncInvocationState, condition: AsyncCondition): AsyncResult {
    this.#machine.transition(state);
    if (condition !== 'Success') this.#deps.metrics?.dropped(this.#version);
    return {
      requestId: this.#request.requestId,
      version: this.#version,
      invokedFunctionArn: this.#invokedFunctionArn,
      condition,
      attempts: this.#runs,
      requestPayload: this.#request.payload,
      response: this.#response,
      finished: this.#deps.clock.now(),
    };
  }

  #abandon(): undefined {
    this.#machine.transition('abandoned');
  }
}

/** @returns nothing when the daemon is stopping */
function attemptOf(outcome: InvocationOutcome): Attempt | undefined {
  switch (outcome.kind) {
    case 'stopped':
      return undefined;
    case 'throttled':
    case 'not-restored':
      return { kind: 'refused' };
    case 'answered': {
      const { payload, executedVersion, result } = outcome;
      return { kind: 'ran', response: { payload, executedVersion, failed: result === 'failed' } };
    }
  }
}
