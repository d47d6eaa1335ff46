/** Tests of the Node.js bootstrap on a connection that splits everything it can. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestedFunction } from '../test-kit/tested-function.ts';

test('events arrive whole, however they were cut, chunked or of 6 MB', async () => {
  await using fn = await TestedFunction.start({
    runtime: 'nodejs24.x',
    fragmented: true,
    files: { 'index.js': 'exports.handler = async (event) => event;' },
  });
  const small = { text: 'naïve 😀', list: [1, 2, 3] };
  const large = { text: 'ü'.repeat(3_000_000) };
  for (const event of [small, large]) {
    for (const chunked of [false, true, false]) {
      const answer = await fn.invoke(event, { chunked });
      assert.deepEqual(JSON.parse(answer.body.toString()), event);
    }
  }
});
