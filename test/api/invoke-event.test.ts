/** Events: accepted with 202, run later, tried again. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  DeleteFunctionEventInvokeConfigCommand,
  InvokeAsyncCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';

/** Logs each attempt and fails as often as it is told. */
const failing = {
  'index.js': `
    let attempts = 0;
    exports.handler = async ({ failures }, context) => {
      attempts += 1;
      console.log('attempt', attempts, context.awsRequestId);
      if (attempts <= failures) throw new Error('not yet');
    };`,
};

suite('Invoke with InvocationType Event', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start({ settings: { LAMBDA_RETRY_BASE_DELAY: '0' } });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  /** The messages of a function's log, once there are `count` that match. */
  async function logged(name: string, what: RegExp, count: number): Promise<readonly string[]> {
    for (;;) {
      const answer = await lambdad.fetch(`/_lambdad/logs?function=${name}`);
      const { events } = (await answer.json()) as { events: readonly { message: string }[] };
      const found = events.map(({ message }) => message).filter((message) => what.test(message));
      if (found.length >= count) return found;
    }
  }

  test('it answers 202 with an empty body and runs the function', async () => {
    const fn = await lambdad.function({ code: failing });
    const { status, payload, executedVersion } = await fn.invoke({ failures: 0 }, { InvocationType: 'Event' });
    assert.deepEqual([status, payload, executedVersion], [202, undefined, undefined]);
    assert.equal((await logged(fn.name, /^END/, 1)).length, 1);
  });

  test('a failing event is tried three times with one request id', async () => {
    const fn = await lambdad.function({ code: failing });
    await fn.invoke({ failures: 9 }, { InvocationType: 'Event' });
    const starts = await logged(fn.name, /^START/, 3);
    assert.equal(new Set(starts).size, 1, 'START names the same request each time');
    assert.equal((await logged(fn.name, /attempt 3/, 1)).length, 1);
  });

  test('an event invoke config says how often it is tried', async () => {
    const fn = await lambdad.function({ code: failing });
    await lambdad.lambda.send(
      new PutFunctionEventInvokeConfigCommand({ FunctionName: fn.name, MaximumRetryAttempts: 0 }),
    );
    await fn.invoke({ failures: 9 }, { InvocationType: 'Event' });
    await logged(fn.name, /^END/, 1);
    await lambdad.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: fn.name }));
    await fn.invoke({ failures: 2 }, { InvocationType: 'Event' });
    const ends = await logged(fn.name, /^END/, 3);
    assert.equal(new Set(ends).size, 2, 'one attempt of the first event, two of the second');
  });

  test('an event for a function that does not exist is refused at once', async () => {
    const answer = await lambdad.fetch('/2015-03-31/functions/absent/invocations', {
      method: 'POST',
      headers: { 'x-amz-invocation-type': 'Event' },
      body: '{}',
    });
    assert.equal(answer.status, 404);
  });

  test('an event over 1 MB is refused', async () => {
    const fn = await lambdad.function({ code: failing });
    const large = { text: 'x'.repeat(1024 * 1024) };
    await assert.rejects(fn.invoke(large, { InvocationType: 'Event' }), {
      name: 'RequestTooLargeException',
      message: 'Request must be smaller than 1048576 bytes for the InvokeFunction operation',
    });
  });

  test('InvokeAsync is the same by an older name', async () => {
    const fn = await lambdad.function({ code: failing });
    const output = await lambdad.lambda.send(
      new InvokeAsyncCommand({ FunctionName: fn.name, InvokeArgs: Buffer.from('{"failures":0}') }),
    );
    assert.equal(output.Status, 202);
    assert.equal((await logged(fn.name, /attempt 1/, 1)).length, 1);
  });
});
