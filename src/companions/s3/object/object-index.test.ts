import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../../../kernel/quantity.ts';
import { ObjectIndex } from './object-index.ts';
import type { DeleteMarker } from './object-version.ts';

const version = (key: string, versionId: string): DeleteMarker => ({
  kind: 'delete-marker',
  key,
  versionId,
  lastModified: milliseconds(0),
});

test('keys stay in order, and versions as they came, whatever is added and removed', () => {
  const key = fc.constantFrom('a', 'b', 'ab', '\uffee', '\u{1f600}', '');
  const id = fc.constantFrom('null', '1', '2');
  const step = fc.record({ adds: fc.boolean(), key, id });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const index = new ObjectIndex();
      const model = new Map<string, string[]>();
      for (const { adds, key: at, id: versionId } of steps) {
        const former = model.get(at) ?? [];
        const others = former.filter((other) => other !== versionId);
        const gone = adds ? index.add(version(at, versionId)) : index.remove(at, versionId);
        assert.equal(gone?.versionId, former.includes(versionId) ? versionId : undefined);
        const left = adds ? [versionId, ...others] : others;
        if (left.length > 0) model.set(at, left);
        else model.delete(at);
      }
      const inOrder = [...model.keys()].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      assert.deepEqual(index.keys, inOrder);
      for (const [at, ids] of model) {
        assert.deepEqual(
          index.versionsOf(at).map(({ versionId }) => versionId),
          ids,
        );
      }
    }),
  );
});
