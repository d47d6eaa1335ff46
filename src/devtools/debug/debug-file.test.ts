import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvalidDebugFile, parseDebugFile } from './debug-file.ts';

const parse = (text: string, wait = false) => parseDebugFile(text, 'debug.yaml', wait);

test('functions are named by ARN or name, with port, time-outs and waiting', () => {
  const text = `functions:
  arn:aws:lambda:eu-central-1:000000000000:function:orders:
    debug-port: 19891
    enforce-timeouts: true
  arn:aws:lambda:eu-central-1:000000000000:function:orders:3:
    debug-port: 0.0.0.0:19892
  mails:
    wait: true
  plain:
`;
  const scope = { account: '000000000000', region: 'eu-central-1' };
  assert.deepEqual(parse(text), [
    { scope, name: 'orders', version: '$LATEST', port: 19_891, enforceTimeouts: true, wait: false },
    { scope, name: 'orders', version: '3', host: '0.0.0.0', port: 19_892, enforceTimeouts: false, wait: false },
    { scope: undefined, name: 'mails', version: '$LATEST', enforceTimeouts: false, wait: true },
    { scope: undefined, name: 'plain', version: '$LATEST', enforceTimeouts: false, wait: false },
  ]);
  assert.equal(parse('functions: { plain: {} }', true)[0]?.wait, true);
});

test('an empty file debugs nothing', () => {
  for (const text of ['', '# nothing\n', 'functions:', 'functions: {}']) assert.deepEqual(parse(text), []);
});

const mistakes: Readonly<Record<string, string>> = {
  'functions:\n  a: [': 'debug.yaml:2: this is not YAML: ',
  '- a': 'debug.yaml:1: the file must be a mapping',
  'functions:\n  - a': 'debug.yaml:2: functions must be a mapping',
  'function:\n  a:': 'debug.yaml:1: function is not known here; allowed: functions',
  'functions:\n  a:\n    port: 1': 'debug.yaml:3: port is not known here; allowed: debug-port, enforce-timeouts, wait',
  'functions:\n  a:\n    debug-port: 70000': 'debug.yaml:3: debug-port must be a port from 1 to 65535, or host:port',
  'functions:\n  a:\n    debug-port: [1]': 'debug.yaml:3: debug-port must be a port from 1 to 65535, or host:port',
  'functions:\n  a:\n    wait: maybe': 'debug.yaml:3: wait must be true or false',
  'functions:\n\n  a b:\n    wait: true': 'debug.yaml:3: "a b" is not the name or the ARN of a function',
  'functions:\n  a:live:\n    wait: true': 'debug.yaml:2: live is an alias, which may lead to several versions',
  'functions:\n  a:\n    debug-port: 9000\n  b:\n    debug-port: 9000': 'debug.yaml:4: port 9000 is already that of a',
};
for (const [text, message] of Object.entries(mistakes)) {
  test(`it says: ${message}`, () => {
    assert.throws(
      () => parse(text),
      (error) => error instanceof InvalidDebugFile && error.message.startsWith(message),
    );
  });
}

test('any text is read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        parse(text);
      } catch (error) {
        assert.ok(error instanceof InvalidDebugFile, String(error));
        assert.match(error.message, /^debug\.yaml:\d+: /);
      }
    }),
  );
});
