import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleEvent } from '../../test/kit/sample-event.ts';
import { type Delivery, RuntimeSession } from './runtime-session.ts';

/** What a session must do, in the simplest words. */
interface Model {
  state: 'booting' | 'idle' | 'running' | 'responding' | 'exited';
  parked: Delivery | undefined;
  /** Given to the session and not answered. */
  current: string | undefined;
  nextId: number;
  closed: boolean;
  handed: string[];
  answered: string[];
  ready: number;
  failed: number;
}

class Real {
  readonly handed: string[] = [];
  readonly answered: string[] = [];
  ready = 0;
  failed = 0;
  readonly session = new RuntimeSession(
    ({ kind }) => {
      if (kind === 'ready') this.ready += 1;
      else this.failed += 1;
    },
    () => {},
  );

  readonly delivery = (): Delivery => (event) => void this.handed.push(event.requestId);

  invoke(id: string): void {
    this.session.invoke(sampleEvent(id), (answer) => {
      assert.equal(answer.kind, 'response');
      // The payload names the event that it answers: a wrong pairing shows here.
      if (answer.kind === 'response') assert.equal(answer.payload.toString(), id);
      this.answered.push(id);
    });
  }

  respond(id: string) {
    return this.session.answer(id, { kind: 'response', payload: Buffer.from(id), contentType: undefined });
  }
}

abstract class Step implements fc.Command<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract step(model: Model, real: Real): void;
  run(model: Model, real: Real): void {
    this.step(model, real);
    assert.deepEqual(
      { state: real.session.state, current: real.session.current?.requestId, handed: real.handed },
      { state: model.state, current: model.current, handed: model.handed },
    );
    assert.deepEqual([real.answered, real.ready, real.failed], [model.answered, model.ready, model.failed]);
    assert.equal(new Set(real.answered).size, real.answered.length, 'nothing is answered twice');
    assert.ok(model.ready + model.failed <= 1, 'the init phase ends once');
  }
  toString(): string {
    return this.constructor.name;
  }
}

const hand = (model: Model): void => {
  if (model.state !== 'idle' || model.parked === undefined || model.current === undefined) return;
  model.state = 'running';
  model.parked = undefined;
  model.handed.push(model.current);
};

class Next extends Step {
  step(model: Model, real: Real): void {
    const delivery = real.delivery();
    const allowed = model.state === 'booting' || model.state === 'responding' || model.state === 'idle';
    // A closed session keeps it waiting for nothing.
    const heard = allowed || model.closed;
    assert.equal(real.session.next(delivery), heard ? undefined : 'InvalidStateTransition');
    if (!allowed) return;
    if (model.state === 'booting') model.ready += 1;
    model.state = 'idle';
    model.parked = delivery;
    hand(model);
  }
}

class Unpark extends Step {
  step(model: Model, real: Real): void {
    real.session.unpark(model.parked ?? real.delivery());
    model.parked = undefined;
  }
}

class Invoke extends Step {
  /** The environment gives one event at a time, and none before the init phase has ended. */
  override check(model: Readonly<Model>): boolean {
    return model.current === undefined && (model.state === 'idle' || model.state === 'responding');
  }
  step(model: Model, real: Real): void {
    model.current = `event ${model.nextId}`;
    model.nextId += 1;
    hand(model);
    real.invoke(model.current);
  }
}

class Respond extends Step {
  readonly #which: number;
  constructor(which: number) {
    super();
    this.#which = which;
  }
  /** Answers the current event, one of the past, or one that never was. */
  step(model: Model, real: Real): void {
    const id = this.#which === 0 ? (model.current ?? 'none') : `event ${this.#which - 1}`;
    const expected =
      id !== model.current ? 'InvalidRequestID' : model.state === 'running' ? undefined : 'InvalidStateTransition';
    assert.equal(real.session.mayAnswer(id), expected);
    assert.equal(real.respond(id), expected);
    if (expected !== undefined) return;
    model.answered.push(id);
    model.current = undefined;
    model.state = 'responding';
  }
  override toString(): string {
    return `Respond(${this.#which})`;
  }
}

class InitError extends Step {
  step(model: Model, real: Real): void {
    const allowed = model.state === 'booting';
    assert.equal(real.session.initError(Buffer.from('{}'), 'Any'), allowed ? undefined : 'InvalidStateTransition');
    if (!allowed) return;
    model.failed += 1;
    model.state = 'exited';
  }
}

class Close extends Step {
  step(model: Model, real: Real): void {
    real.session.close();
    model.closed = true;
    model.state = 'exited';
    model.parked = undefined;
    model.current = undefined;
  }
}

test('no sequence of requests pairs an answer with the wrong event, or answers one twice', () => {
  const steps = [
    fc.constant(new Next()),
    fc.constant(new Next()),
    fc.constant(new Unpark()),
    fc.constant(new Invoke()),
    fc.nat(4).map((which) => new Respond(which)),
    fc.constant(new Respond(0)),
    fc.constant(new InitError()),
    fc.constant(new Close()),
  ];
  fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 60 }), (commands) => {
      const model: Model = {
        state: 'booting',
        parked: undefined,
        current: undefined,
        nextId: 0,
        closed: false,
        handed: [],
        answered: [],
        ready: 0,
        failed: 0,
      };
      fc.modelRun(() => ({ model, real: new Real() }), commands);
    }),
    { numRuns: 300 },
  );
});
