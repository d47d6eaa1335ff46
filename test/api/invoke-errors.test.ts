/** What a caller gets when the handler fails or cannot be loaded. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { FunctionOptions, Invoked } from '../kit/test-function.ts';

suite('Errors of handlers', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  async function failed(options: FunctionOptions, event: unknown = {}): Promise<Record<string, unknown>> {
    const fn = await lambdad.function(options);
    return payloadOf(await fn.invoke(event));
  }
  function payloadOf(answer: Invoked): Record<string, unknown> {
    assert.equal(answer.status, 200);
    assert.equal(answer.functionError, 'Unhandled', JSON.stringify(answer.payload));
    return answer.payload as Record<string, unknown>;
  }
  const node = (text: string): FunctionOptions => ({ code: { 'index.js': text } });
  const python = (text: string): FunctionOptions => ({ code: { 'index.py': text }, Runtime: 'python3.13' });

  test('a thrown error of Node.js has type, message and trace', async () => {
    const payload = await failed(node("exports.handler = async () => { throw new TypeError('as asked'); };"));
    const { trace, ...rest } = payload;
    assert.deepEqual(rest, { errorType: 'TypeError', errorMessage: 'as asked' });
    assert.deepEqual((trace as string[])[0], 'TypeError: as asked');
    assert.match((trace as string[])[1] ?? '', /at .*\(\/var\/task\/index\.js:1:\d+\)/);
  });

  test('an error given to the callback is the same, up to Node.js 22', async () => {
    const code = node("exports.handler = (e, c, done) => done(new RangeError('by callback'));");
    const payload = await failed({ ...code, Runtime: 'nodejs22.x' });
    assert.partialDeepStrictEqual(payload, { errorType: 'RangeError', errorMessage: 'by callback' });
  });

  test('a handler with a callback is refused from Node.js 24 on', async () => {
    const payload = await failed(node('exports.handler = (event, context, done) => done(null, 1);'));
    assert.partialDeepStrictEqual(payload, { errorType: 'Runtime.CallbackHandlerDeprecated' });
  });

  test('a thrown text of Node.js is a message with the type string', async () => {
    const payload = await failed(node("exports.handler = async () => { throw 'only text'; };"));
    assert.partialDeepStrictEqual(payload, { errorType: 'string', errorMessage: 'only text' });
  });

  test('an error after the handler returned is an unhandled rejection', async () => {
    const code = "exports.handler = () => new Promise(() => { Promise.reject(new Error('forgotten')); });";
    const payload = await failed(node(code));
    assert.partialDeepStrictEqual(payload, {
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: forgotten',
    });
  });

  test('a module of Node.js that is not there', async () => {
    const payload = await failed({ ...node('//'), Handler: 'absent.handler' });
    const { errorType, errorMessage } = payload;
    assert.equal(errorType, 'Runtime.ImportModuleError');
    assert.match(String(errorMessage), /^Error: Cannot find module 'absent'/);
  });

  test('a package of Node.js that is not there', async () => {
    const payload = await failed(node("require('left-pad'); exports.handler = async () => 1;"));
    assert.equal(payload['errorType'], 'Runtime.ImportModuleError');
    assert.match(
      String(payload['errorMessage']),
      /^Error: Cannot find module 'left-pad'\nRequire stack:\n- \/var\/task\/index\.js/,
    );
  });

  test('a handler of Node.js that is not there', async () => {
    const payload = await failed(node('exports.other = async () => 1;'));
    assert.partialDeepStrictEqual(payload, {
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  test('a handler name of the wrong form', async () => {
    const payload = await failed({ ...node('exports.handler = async () => 1;'), Handler: 'nodot' });
    assert.partialDeepStrictEqual(payload, { errorType: 'Runtime.MalformedHandlerName' });
  });

  test('a syntax error of Node.js', async () => {
    const payload = await failed(node('exports.handler = async ( => 1;'));
    assert.equal(payload['errorType'], 'Runtime.UserCodeSyntaxError');
    assert.match(String(payload['errorMessage']), /^SyntaxError: Unexpected token '=>'/);
  });

  test('an error while the module of Node.js loads, and again at the next invocation', async () => {
    const fn = await lambdad.function(node("throw new RangeError('at load');"));
    for (const _ of [1, 2]) {
      const payload = payloadOf(await fn.invoke());
      assert.partialDeepStrictEqual(payload, { errorType: 'RangeError', errorMessage: 'at load' });
    }
  });

  test('an exception of Python has message, type, request id and stack, in this order', async () => {
    const payload = await failed(python('def handler(event, context):\n    raise KeyError("as asked")\n'));
    assert.deepEqual(Object.keys(payload), ['errorMessage', 'errorType', 'requestId', 'stackTrace']);
    assert.partialDeepStrictEqual(payload, { errorMessage: "'as asked'", errorType: 'KeyError' });
    assert.match(String(payload['requestId']), /^[0-9a-f-]{36}$/);
    assert.deepEqual(payload['stackTrace'], [
      '  File "/var/task/index.py", line 2, in handler\n    raise KeyError("as asked")\n',
    ]);
  });

  test('an exception while the module of Python loads has no request id', async () => {
    const payload = await failed(python('raise ValueError("at load")\n'));
    assert.partialDeepStrictEqual(payload, { errorMessage: 'at load', errorType: 'ValueError', requestId: '' });
  });

  test('a module of Python that is not there', async () => {
    const payload = await failed({ ...python(''), Handler: 'absent.handler' });
    assert.deepEqual(payload, {
      errorMessage: "Unable to import module 'absent': No module named 'absent'",
      errorType: 'Runtime.ImportModuleError',
      requestId: '',
      stackTrace: [],
    });
  });

  test('a handler of Python that is not there', async () => {
    const payload = await failed(python('x = 1\n'));
    assert.deepEqual(payload, {
      errorMessage: "Handler 'handler' missing on module 'index'",
      errorType: 'Runtime.HandlerNotFound',
      requestId: '',
      stackTrace: [],
    });
  });

  test('a syntax error of Python', async () => {
    const payload = await failed(python('def handler(event, context)\n    return 1\n'));
    assert.partialDeepStrictEqual(payload, { errorType: 'Runtime.UserCodeSyntaxError', requestId: '' });
    assert.match(String(payload['errorMessage']), /^Syntax error in module 'index': .*\(index\.py, line 1\)$/);
  });

  test('a result of Python that is no JSON', async () => {
    const payload = await failed(python('def handler(event, context):\n    return {1, 2}\n'));
    assert.partialDeepStrictEqual(payload, {
      errorType: 'Runtime.MarshalError',
      errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
    });
  });

  test('an error of the handler leaves the environment warm', async () => {
    const fn = await lambdad.function(
      node('let n = 0; exports.handler = async (fail) => { n += 1; if (fail) throw new Error(); return n; };'),
    );
    payloadOf(await fn.invoke(true));
    assert.equal((await fn.invoke(false)).payload, 2);
  });

  test('a handler may answer an object that looks like an error', async () => {
    const fn = await lambdad.function(
      node("exports.handler = async () => ({ errorType: 'mine', errorMessage: 'fine' });"),
    );
    const { functionError, payload } = await fn.invoke();
    assert.equal(functionError, undefined);
    assert.deepEqual(payload, { errorType: 'mine', errorMessage: 'fine' });
  });
});
