/** Payloads of every kind, both ways. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { assertRefused } from '../kit/refusal.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const limit = 6_291_556;

const runtimes = {
  nodejs: {
    Runtime: 'nodejs24.x' as const,
    code: {
      'index.js': `exports.handler = async (event) => {
        if (event?.nothing) return;
        if (event?.answer) return 'x'.repeat(event.answer - 2);
        if (event?.measure) return event.text.length;
        return event;
      };`,
    },
  },
  python: {
    Runtime: 'python3.13' as const,
    code: {
      'index.py': `
def handler(event, context):
    if isinstance(event, dict):
        if event.get('nothing'):
            return None
        if event.get('answer'):
            return 'x' * (event['answer'] - 2)
        if event.get('measure'):
            return len(event['text'])
    return event
`,
    },
  },
};

for (const [runtime, options] of Object.entries(runtimes)) {
  suite(`Payloads, ${runtime}`, { concurrency: true }, () => {
    let lambdad: TestDaemon;
    before(async () => {
      lambdad = await TestDaemon.start();
      await lambdad.function({ FunctionName: 'echo', MemorySize: 512, Timeout: 60, ...options });
    });
    after(() => lambdad[Symbol.asyncDispose]());

    const invoke = (body: string | Buffer | undefined): Promise<ApiAnswer> =>
      apiRequest(lambdad.endpoint, {
        method: 'POST',
        path: '/2015-03-31/functions/echo/invocations',
        ...(body === undefined ? {} : { body }),
      });

    const values = ['null', 'true', '0', '-1.5', '""', '"text"', '[]', '[1,[2,{"a":null}]]', '{"a":{"b":[]}}'];
    for (const value of values) {
      test(`${value} is answered as it came`, async () =>
        assert.deepEqual((await invoke(value)).json, JSON.parse(value)));
    }

    test('without a payload the event is an empty object', async () => {
      assert.deepEqual((await invoke(undefined)).json, {});
      const { Payload } = await lambdad.lambda.send(new InvokeCommand({ FunctionName: 'echo' }));
      assert.equal(Buffer.from(Payload ?? []).toString('utf8'), '{}');
    });

    test('a handler that returns nothing answers null', async () => {
      assert.equal((await invoke('{"nothing":true}')).text, 'null');
    });

    test('text in every script comes back the same', async () => {
      const texts = ['Grüße', '日本語', '👩‍👩‍👧', '\u0000\u001f"\\/', '\u2028\u2029', 'ﷺ', '\ud83d\ude00 end'];
      assert.deepEqual((await invoke(JSON.stringify(texts))).json, texts);
    });

    test('a request of exactly the limit reaches the handler whole', async () => {
      const head = '{"measure":true,"text":"';
      const text = 'x'.repeat(limit - head.length - 2);
      assert.equal((await invoke(`${head}${text}"}`)).json, text.length);
    });

    test('a request of one byte more is refused', async () => {
      const answer = await invoke(`"${'x'.repeat(limit - 1)}"`);
      assert.deepEqual([answer.status, answer.errorType], [413, 'RequestTooLargeException']);
      assert.match(
        answer.text,
        new RegExp(`Request must be smaller than ${limit} bytes for the InvokeFunction operation`),
      );
    });

    test('a response of exactly the limit arrives whole', async () => {
      const { text } = await invoke(JSON.stringify({ answer: limit }));
      assert.equal(text.length, limit);
    });

    test('a response of one byte more is an error of the function, and the next works', async () => {
      const answer = await invoke(JSON.stringify({ answer: limit + 1 }));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('x-amz-function-error'), 'Unhandled');
      assert.deepEqual(answer.json, {
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
        errorType: 'Function.ResponseSizeTooLarge',
      });
      assert.equal((await invoke('1')).json, 1);
    });
  });
}

suite('Payloads that are refused', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
    await lambdad.function({ FunctionName: 'echo', code: { 'index.js': 'exports.handler = async (event) => event;' } });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const invoke = (body: string): Promise<ApiAnswer> =>
    apiRequest(lambdad.endpoint, { method: 'POST', path: '/2015-03-31/functions/echo/invocations', body });

  test("a word that is not JSON is refused in the words of AWS's parser", async () => {
    const reason =
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    const message = `Could not parse request body into json: Could not parse payload into json: ${reason}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: 4]`;
    assertRefused(await invoke('not json'), {
      status: 400,
      code: 'InvalidRequestContentException',
      body: { Type: 'User', message },
    });
  });

  for (const body of [
    '{',
    '{"a": ',
    '[1,]',
    "{'a': 1}",
    '{"a" 1}',
    '"open',
    'undefined',
    '{} {}',
    '\ufeff{}',
    'NaN',
    '01',
  ]) {
    test(`${JSON.stringify(body)} is refused`, async () => {
      const { status, errorType, text } = await invoke(body);
      assert.deepEqual([status, errorType], [400, 'InvalidRequestContentException'], text);
      assert.match(
        text,
        /Could not parse request body into json: Could not parse payload into json: .*line: 1, column: \d+\]/,
      );
    });
  }
});
