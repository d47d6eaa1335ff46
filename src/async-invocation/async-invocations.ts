/** Events that were accepted with 202, run later and tried again: a queue in memory, which ends with the daemon. */
import type { InvocationRequest } from '../invocation/invoke.ts';
import { purposeOf } from '../invocation/tenancy.ts';
import { rootHeaderOf } from '../invocation/trace-header.ts';
import type { Random } from '../kernel/random.ts';
import { Semaphore } from '../kernel/semaphore.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { VersionCatalogue } from '../lambda/function/invocation-target.ts';
import { AsyncInvocation, type AsyncInvocationDeps } from './async-invocation.ts';
import type { AsyncResultSink } from './async-result.ts';

export interface AsyncInvocationsDeps extends AsyncInvocationDeps {
  readonly catalogue: VersionCatalogue;
  readonly results: AsyncResultSink;
  readonly random: Random;
}

/** Attempts of one function at a time: its further events wait in line, those of other functions do not. */
const concurrentAttempts = 100;

export class AsyncInvocations implements AsyncDisposable {
  readonly #deps: AsyncInvocationsDeps;
  readonly #lines = new Map<string, Semaphore>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(deps: AsyncInvocationsDeps) {
    this.#deps = deps;
  }

  /** How many events are not done yet. */
  get pending(): number {
    return this.#running.size;
  }

  /**
   * Takes an event in; it runs in the background.
   * @throws ServiceError when the target does not exist or is not Active.
   */
  accept(request: InvocationRequest): void {
    const { version, invokedFunctionArn } = this.#deps.catalogue.resolve(request.target);
    purposeOf(version, request.tenantId);
    // Which version an alias means is decided now, for all attempts; `$LATEST` is what it is at each attempt.
    const target = {
      scope: version.scope,
      functionName: version.functionName,
      qualifier: version.version === '$LATEST' ? undefined : version.version,
    };
    // All attempts are parts of one trace.
    const traceHeader = rootHeaderOf(request.traceHeader, this.#deps.clock.now(), this.#deps.random);
    const attempted = { ...request, target, invokedFunctionArn, traceHeader };
    const invocation = new AsyncInvocation(attempted, version, this.#deps);
    this.#deps.metrics?.received(version);
    const life = this.#run(invocation, version).finally(() => this.#running.delete(life));
    this.#running.add(life);
  }

  /** What still waits or runs is given up. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the daemon is shutting down'));
    await Promise.all(this.#running);
  }

  async #run(invocation: AsyncInvocation, version: FunctionVersion): Promise<void> {
    try {
      const result = await invocation.run(this.#lineOf(version), this.#stop.signal);
      if (result !== undefined) await this.#deps.results.finished(result);
    } catch (error) {
      this.#deps.logger.error(`an event for ${version.functionName} was lost`, { error });
    }
  }

  #lineOf({ functionArn }: FunctionVersion): Semaphore {
    let line = this.#lines.get(functionArn);
    if (line === undefined) {
      line = new Semaphore(concurrentAttempts);
      this.#lines.set(functionArn, line);
    }
    return line;
  }
}
