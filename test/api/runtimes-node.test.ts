/** Node.js functions on the major version that their runtime names, fetched from the npm registry where it is not here. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Runtime } from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';

suite('Node.js of other versions', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start({ fetchesRuntimes: true });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  for (const major of ['18', '22']) {
    test(`nodejs${major}.x runs on Node.js ${major}`, async () => {
      const fn = await lambdad.function({
        Runtime: `nodejs${major}.x` as Runtime,
        code: {
          'index.js': `
            exports.handler = (event, context, callback) => {
              if (event.fail) throw new RangeError('as asked');
              console.log('running');
              callback(null, [process.version, process.env.AWS_EXECUTION_ENV, event]);
            };`,
        },
      });
      const { payload, log } = await fn.invoke({ a: 1 }, { LogType: 'Tail' });
      assert.ok(Array.isArray(payload));
      assert.match(String(payload[0]), new RegExp(String.raw`^v${major}\.`));
      assert.deepEqual(payload.slice(1), [`AWS_Lambda_nodejs${major}.x`, { a: 1 }]);
      assert.match(log, /\tINFO\trunning\n/);
      const failed = await fn.invoke({ fail: true });
      assert.equal(failed.functionError, 'Unhandled');
      assert.partialDeepStrictEqual(failed.payload, { errorType: 'RangeError', errorMessage: 'as asked' });
    });

    test(`on Node.js ${major} modules and streamed answers work`, async () => {
      const fn = await lambdad.function({
        Runtime: `nodejs${major}.x` as Runtime,
        code: {
          'index.mjs': `
            export const handler = awslambda.streamifyResponse(async (event, stream) => {
              for (const word of event) stream.write(word);
              stream.end();
            });`,
        },
      });
      const { payload } = await fn.invoke(['"one ', 'two"']);
      assert.equal(payload, 'one two');
    });
  }

  test('nodejs22.x does not take an ES module for CommonJS, unless it is told so', async () => {
    const code = {
      'index.js':
        "exports.handler = async () => { try { return require('./other.mjs').value; } catch (e) { return e.code; } };",
      'other.mjs': 'export const value = 7;',
    };
    const fn = await lambdad.function({ Runtime: 'nodejs22.x', code });
    assert.equal((await fn.invoke()).payload, 'ERR_REQUIRE_ESM');
    const told = await lambdad.function({
      Runtime: 'nodejs22.x',
      code,
      Environment: { Variables: { NODE_OPTIONS: '--experimental-require-module' } },
    });
    assert.equal((await told.invoke()).payload, 7);
  });
});
