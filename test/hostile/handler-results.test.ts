/** Handlers whose results and errors are such that nobody would write them, except by mistake. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Invoked, TestFunction } from '../kit/test-function.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

/** What the handlers share. */
const helpers = `
  const circular = {}; circular.self = circular;
  const deep = () => { let value = 1; for (let i = 0; i < 100000; i += 1) value = [value]; return value; };
  const hidden = (name) => Object.defineProperty({}, name, { enumerable: true, get() { throw new Error('got ' + name); } });
  const manyLines = () => Object.assign(new Error('x'.repeat(1e6)), { stack: 'Error\\n' + '    at somewhere (file.js:1:1)\\n'.repeat(100000) });
  const later = (act) => new Promise(() => setTimeout(act, 5));
`;

/** Each with its source. */
const failing: Readonly<Record<string, string>> = {
  'throws undefined': `() => { throw undefined; }`,
  'throws null': `() => { throw null; }`,
  'throws a number': `() => { throw 42; }`,
  'throws a symbol': `() => { throw Symbol('s'); }`,
  'throws a function': `() => { throw () => {}; }`,
  'throws a circle': `() => { throw circular; }`,
  'throws what throws when read': `() => { throw hidden('message'); }`,
  'throws an error that throws when read': `() => { throw Object.defineProperty(new Error('x'), 'stack', { get() { throw 1; } }); }`,
  'throws a proxy that throws': `() => { throw new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); }, getPrototypeOf() { throw new Error('trap'); } }); }`,
  'throws a revoked proxy': `() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy; }`,
  'throws a huge stack trace': `() => { throw manyLines(); }`,
  'throws itself as the cause': `() => { const error = new Error('x'); error.cause = error; throw error; }`,
  'throws a name with line ends': `() => { throw Object.assign(new Error('a\\r\\nX-Injected: yes'), { name: 'B\\r\\nX-Injected: yes\\0\\u{1F4A3}' }); }`,
  'throws an error without a prototype': `() => { throw Object.assign(Object.create(null), { message: 'm' }); }`,
  'overflows the stack': `() => { const f = () => f() + 1; return f(); }`,
  'rejects with nothing': `() => Promise.reject()`,
  'rejects behind its back': `() => { Promise.reject(new Error('behind')); return later(() => {}); }`,
  'throws behind its back': `() => later(() => { throw new Error('behind'); })`,
  'throws undefined behind its back': `() => later(() => { throw undefined; })`,
  'returns a circle': `() => circular`,
  'returns a BigInt': `() => 1n`,
  'returns what throws when written': `() => ({ toJSON() { throw new Error('no'); } })`,
  'returns what throws when read': `() => hidden('a')`,
  'returns what is too deep to write': `deep`,
};

/** Each with its source and its answer. */
const harmless: Readonly<Record<string, readonly [source: string, answer: unknown]>> = {
  'returns undefined': [`() => undefined`, null],
  'returns a function': [`() => () => {}`, null],
  'returns a symbol': [`() => Symbol('s')`, null],
  'returns NaN': [`() => NaN`, null],
  'returns a lone surrogate': [`() => '\\ud800'`, '\ud800'],
  'returns a thenable that answers twice': [`() => ({ then(done) { done('once'); done('twice'); } })`, 'once'],
  // It is sent when the event loop is empty: until then it may be replaced.
  'answers twice by callback': [
    `(event, context, callback) => { callback(null, 'once'); callback(null, 'twice'); }`,
    'twice',
  ],
  'answers and throws later': [
    `(event, context, callback) => { callback(null, 'once'); setImmediate(() => {}); }`,
    'once',
  ],
};

const source = `${helpers}
  const kinds = {
    ${Object.entries(failing)
      .map(([kind, act]) => `${JSON.stringify(kind)}: ${act},`)
      .join('\n    ')}
    ${Object.entries(harmless)
      .map(([kind, [act]]) => `${JSON.stringify(kind)}: ${act},`)
      .join('\n    ')}
  };
  exports.handler = (event, context, callback) => {
    const act = kinds[event.kind];
    return act.length > 0 ? act(event, context, callback) : (async () => act())();
  };
`;

suite('hostile results', () => {
  let attacked: AttackedDaemon;
  let fn: TestFunction;
  before(async () => {
    attacked = await AttackedDaemon.start();
    // The last runtime that takes callbacks.
    fn = await attacked.daemon.function({ Runtime: 'nodejs22.x', Timeout: 5, code: { 'index.js': source } });
  });
  after(() => attacked[Symbol.asyncDispose]());

  const healthy = async (): Promise<void> => {
    const next: Invoked = await fn.invoke({ kind: 'returns a thenable that answers twice' });
    assert.deepEqual([next.functionError, next.payload], [undefined, 'once']);
    await attacked.stillServes();
  };

  for (const kind of Object.keys(failing)) {
    test(`a handler that ${kind} has failed, and its next invocation has not`, async () => {
      const { status, functionError, payload } = await fn.invoke({ kind });
      assert.deepEqual([status, functionError], [200, 'Unhandled']);
      const { errorType, errorMessage } = payload as Record<string, unknown>;
      assert.equal(typeof errorType, 'string', JSON.stringify(payload).slice(0, 500));
      assert.equal(typeof errorMessage, 'string', JSON.stringify(payload).slice(0, 500));
      await healthy();
    });
  }

  for (const [kind, [, answer]] of Object.entries(harmless)) {
    test(`a handler that ${kind} has an ordinary answer`, async () => {
      const { functionError, payload } = await fn.invoke({ kind });
      assert.deepEqual([functionError, payload ?? null], [undefined, answer]);
      await healthy();
    });
  }

  test('a result that is larger than the limit is an error, and the process lives on', async () => {
    const code = `let n = 0; exports.handler = async ({ size }) => { n += 1; return size ? 'x'.repeat(size) : n; };`;
    const large = await attacked.daemon.function({ Timeout: 10, MemorySize: 512, code: { 'index.js': code } });
    for (const size of [6_291_555, 10 * 1024 * 1024]) {
      const { functionError, payload } = await large.invoke({ size });
      assert.equal(functionError, 'Unhandled');
      assert.deepEqual(payload, {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      });
    }
    assert.equal((await large.invoke({ size: 6_291_554 })).functionError, undefined);
    assert.equal((await large.invoke()).payload, 4);
    await attacked.stillServes();
  });

  const modules: Readonly<Record<string, string>> = {
    'exits in its init phase': 'process.exit(7);',
    'exits with success in its init phase': 'process.exit(0);',
    'kills itself in its init phase': `process.kill(process.pid, 'SIGKILL');`,
    'throws undefined in its init phase': 'throw undefined;',
    'throws what throws in its init phase': `throw { get message() { throw 1; }, get stack() { throw 2; } };`,
    'is not JavaScript': '\0\0\0 this is not',
    'exports something else': 'module.exports = 42;',
    'exports what throws when read': `Object.defineProperty(exports, 'handler', { get() { throw new Error('no'); } });`,
    'exports a handler that is no function': 'exports.handler = "handler";',
    'rejects in its init phase': `Promise.reject(new Error('init')); exports.handler = () => new Promise(() => {});`,
    'waits forever in an ES module': `await new Promise(() => {}); export const handler = () => {};`,
  };
  for (const [what, code] of Object.entries(modules)) {
    test(`a module that ${what} is an error each time it is invoked`, async () => {
      const file = what.includes('ES module') ? 'index.mjs' : 'index.js';
      const broken = await attacked.daemon.function({ Timeout: 2, code: { [file]: code } });
      for (let i = 0; i < 2; i += 1) {
        const { functionError, payload } = await broken.invoke();
        assert.equal(functionError, 'Unhandled');
        assert.equal(typeof (payload as Record<string, unknown>)['errorType'], 'string', JSON.stringify(payload));
      }
      await attacked.stillServes();
    });
  }
});
