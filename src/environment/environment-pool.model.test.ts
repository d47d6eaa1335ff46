import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventually } from '../../test/kit/eventually.ts';
import { HeldInvocations } from '../../test/kit/held-invocations.ts';
import { generation, sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { RunOutcome } from './environment-outcome.ts';

const keepAlive = 1000;

/** What a pool must hold, in the simplest words: who runs, and since when the others wait. */
interface Model {
  now: number;
  /** Invocations by name; those of a retired generation end with their environment. */
  readonly running: { readonly name: string; readonly generation: number }[];
  /** Times at which the idle environments of the current generation were given back, oldest first. */
  idleSince: number[];
  generation: number;
  started: number;
  names: number;
}

class Real {
  readonly held = new HeldInvocations();
  readonly opened = new TestPool({ script: this.held.script, keepAlive, freezeAfter: 20 });
  readonly outcomes = new Map<string, Promise<RunOutcome>>();
}

const versionOf = (model: Readonly<Model>): FunctionVersion =>
  sampleVersion({
    generation: generation(`generation ${model.generation}`),
    timeout: 900 as FunctionVersion['timeout'],
  });

abstract class Step implements fc.AsyncCommand<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract step(model: Model, real: Real): Promise<void>;
  async run(model: Model, real: Real): Promise<void> {
    await this.step(model, real);
    const expected = model.running.length + model.idleSince.length;
    assert.equal([...real.opened.pool.environments()].length, expected);
    await eventually(() => real.opened.executor.alive.length === expected, `${expected} environments live`);
    assert.equal(real.opened.executor.processes.length, model.started);
  }
}

class Invoke extends Step {
  async step(model: Model, real: Real): Promise<void> {
    const name = `invocation-${model.names}`;
    model.names += 1;
    if (model.idleSince.pop() === undefined) model.started += 1;
    model.running.push({ name, generation: model.generation });
    real.outcomes.set(name, real.opened.invoke(versionOf(model), name));
    await real.held.holderOf(name);
  }
  override toString(): string {
    return 'Invoke';
  }
}

class Finish extends Step {
  readonly #which: number;
  constructor(which: number) {
    super();
    this.#which = which;
  }
  override check(model: Readonly<Model>): boolean {
    return model.running.length > 0;
  }
  async step(model: Model, real: Real): Promise<void> {
    const [finished] = model.running.splice(this.#which % model.running.length, 1);
    assert.ok(finished !== undefined);
    await real.held.release(finished.name);
    const outcome = await real.outcomes.get(finished.name);
    const payload = Buffer.from(JSON.stringify({ id: finished.name }));
    assert.deepEqual(outcome, { kind: 'response', payload, contentType: undefined });
    if (finished.generation === model.generation) model.idleSince.push(model.now);
  }
  override toString(): string {
    return `Finish(${this.#which})`;
  }
}

class Advance extends Step {
  readonly #by: number;
  constructor(by: number) {
    super();
    this.#by = by;
  }
  async step(model: Model, real: Real): Promise<void> {
    model.now += this.#by;
    model.idleSince = model.idleSince.filter((since) => since + keepAlive > model.now);
    real.opened.clock.advance(milliseconds(this.#by));
  }
  override toString(): string {
    return `Advance(${this.#by})`;
  }
}

class Retire extends Step {
  async step(model: Model, real: Real): Promise<void> {
    real.opened.pool.retire(versionOf(model));
    model.generation += 1;
    model.idleSince = [];
  }
  override toString(): string {
    return 'Retire';
  }
}

test('whatever is invoked, finished, waited for and retired, there are as many environments as were needed at once', async () => {
  const steps = [
    fc.constant(new Invoke()),
    fc.constant(new Invoke()),
    fc.nat(9).map((which) => new Finish(which)),
    fc.nat(9).map((which) => new Finish(which)),
    fc.constantFrom(1, 20, 400, 999, 1000).map((by) => new Advance(by)),
    fc.constant(new Retire()),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), async (commands) => {
      const real = new Real();
      const model: Model = { now: 0, running: [], idleSince: [], generation: 0, started: 0, names: 0 };
      {
        await using _opened = real.opened;
        await fc.asyncModelRun(() => ({ model, real }), commands);
      }
      for (const { name } of model.running) assert.equal((await real.outcomes.get(name))?.kind, 'stopped');
    }),
    { numRuns: 40 },
  );
});
