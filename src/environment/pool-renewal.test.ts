import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { generation, sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import type { Generation } from '../lambda/function/function-version.ts';

/** Code whose changes a test makes. */
class Followed {
  readonly changed = new Map<Generation, () => void>();

  readonly follow = async (version: { readonly generation: Generation }, changed: () => void) => {
    this.changed.set(version.generation, changed);
    return { [Symbol.asyncDispose]: async () => void this.changed.delete(version.generation) };
  };
}

const live = sampleVersion({ generation: generation('live') });
const other = sampleVersion({ generation: generation('other') });

test('a change renews the environments of its version and no others', async () => {
  const code = new Followed();
  {
    await using it = new TestPool({ follow: code.follow });
    await it.invoke(live, 'a');
    await it.invoke(other, 'b');
    code.changed.get(live.generation)?.();
    const [first, second] = it.executor.processes;
    await eventually(() => first?.calls.includes('restart') === true, 'its process is restarted');
    assert.deepEqual(second?.calls, []);
    assert.equal((await it.invoke(live, 'c')).kind, 'response');
    assert.equal(it.executor.processes.length, 2);
  }
  assert.deepEqual([...code.changed.keys()], [], 'nothing is followed after the disposal');
});

test('a version that is retired is followed no longer, although an invocation of it goes on', async () => {
  const code = new Followed();
  await using it = new TestPool({ follow: code.follow });
  {
    using _lease = await it.lease(live);
    assert.equal(code.changed.size, 1);
    it.pool.retire(live);
    assert.equal(code.changed.size, 0);
    it.pool.renew(live);
  }
  it.pool.renew(live);
});

test('code that never changes is not followed', async () => {
  await using it = new TestPool({ follow: async () => undefined });
  assert.equal((await it.invoke(live, 'a')).kind, 'response');
});
