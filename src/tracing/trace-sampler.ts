/**
 * Decides about traces of which the caller did not: the first invocation of a function in each second, and a share of
 * the others. AWS: 1 request per second and 5 percent. Source: Lambda developer guide, "Visualize Lambda function
 * invocations using AWS X-Ray".
 */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';

export interface TraceSamplerDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Of the invocations that are not the first of their second, from 0 to 1. */
  readonly share: number;
}

export class TraceSampler {
  readonly #deps: TraceSamplerDeps;
  /** The latest second in which each function was traced. */
  readonly #seconds = new Map<string, number>();

  constructor(deps: TraceSamplerDeps) {
    this.#deps = deps;
  }

  samples(functionArn: string): boolean {
    const { clock, random, share } = this.#deps;
    const second = Math.floor(clock.now() / 1000);
    if (this.#seconds.get(functionArn) === second) return random.fraction() < share;
    this.#seconds.set(functionArn, second);
    return true;
  }
}
