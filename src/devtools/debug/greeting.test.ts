import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DebugProtocol } from '../../executors/debugger-launch.ts';
import { greetingOf } from './greeting.ts';

const kindOf = (protocol: DebugProtocol, text: string): string => greetingOf(protocol, Buffer.from(text)).kind;

const upgrade = 'GET /0a5a94ea HTTP/1.1\r\nHost: localhost:9229\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

test('a session of the inspector begins with an upgrade, a question does not', () => {
  assert.equal(kindOf('inspector', upgrade), 'debugger');
  assert.equal(kindOf('inspector', 'GET /json/list HTTP/1.1\r\nHost: localhost\r\n\r\n'), 'question');
  assert.equal(kindOf('inspector', 'GET /json HTTP/1.1\r\nUpgrade: h2c\r\n\r\n'), 'question');
});

test('what each protocol begins with is a debugger', () => {
  assert.equal(kindOf('debugpy', 'Content-Length: 119\r\n\r\n{'), 'debugger');
  assert.equal(kindOf('jdwp', 'JDWP-Handshake'), 'debugger');
});

test('what another protocol begins with is not known', () => {
  assert.equal(kindOf('inspector', 'JDWP-Handshake'), 'unknown');
  assert.equal(kindOf('inspector', 'POST / HTTP/1.1\r\n\r\n'), 'unknown');
  assert.equal(kindOf('inspector', 'GET / SMTP\r\n'), 'unknown');
  assert.equal(kindOf('debugpy', upgrade), 'unknown');
  assert.equal(kindOf('jdwp', '\x16\x03\x01'), 'unknown');
});

test('headers without an end are not waited for', () => {
  assert.equal(kindOf('inspector', `GET / HTTP/1.1\r\nX: ${'a'.repeat(1000)}`), 'unfinished');
  assert.equal(kindOf('inspector', `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}`), 'unknown');
});

test('in whatever pieces a greeting comes, nothing is told before its end', () => {
  const greetings: Record<DebugProtocol, string> = {
    inspector: upgrade,
    debugpy: 'Content-Length:',
    jdwp: 'JDWP-Handshake',
  };
  fc.assert(
    fc.property(fc.constantFrom<DebugProtocol>('inspector', 'debugpy', 'jdwp'), fc.nat(), (protocol, at) => {
      const whole = greetings[protocol];
      assert.equal(kindOf(protocol, whole.slice(0, at % whole.length)), 'unfinished');
      assert.equal(kindOf(protocol, whole), 'debugger');
    }),
  );
});

test('any bytes have an answer', () => {
  fc.assert(
    fc.property(fc.constantFrom<DebugProtocol>('inspector', 'debugpy', 'jdwp'), fc.uint8Array(), (protocol, bytes) => {
      assert.ok(
        ['unfinished', 'unknown', 'debugger', 'question'].includes(greetingOf(protocol, Buffer.from(bytes)).kind),
      );
    }),
  );
});
