/** A runtime script that holds each event until the test lets it go, and sees that no process has two at once. */
import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import type { FakeProcess, RuntimeScript } from './fake-executor.ts';

interface Held {
  readonly process: FakeProcess;
  readonly release: () => void;
}

export class HeldInvocations {
  readonly #held = new Map<string, Held>();
  readonly #busy = new Set<FakeProcess>();

  readonly script: RuntimeScript = async ({ api, environment }) => {
    for (;;) {
      const { requestId, payload } = await api.next();
      assert.equal(this.#busy.has(environment), false, 'two runs in one environment');
      assert.equal(environment.frozen, false, 'an event for a frozen process');
      this.#busy.add(environment);
      await new Promise<void>((release) => this.#held.set(requestId, { process: environment, release }));
      this.#held.delete(requestId);
      this.#busy.delete(environment);
      await api.respond(requestId, payload);
    }
  };

  /** Resolves with the process that has the event, once one has it. */
  async holderOf(requestId: string): Promise<FakeProcess> {
    await eventually(() => this.#held.has(requestId), `${requestId} reaches a process`);
    const held = this.#held.get(requestId);
    assert.ok(held !== undefined);
    return held.process;
  }

  async release(requestId: string): Promise<void> {
    await this.holderOf(requestId);
    this.#held.get(requestId)?.release();
  }
}
