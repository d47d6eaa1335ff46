import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { protocolOf } from './first-bytes.ts';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

test('each protocol is known by its first bytes', () => {
  assert.equal(protocolOf(Buffer.from('GET / HTTP/1.1')), 'http');
  assert.equal(protocolOf(Buffer.from('PUT / HTTP/1.1')), 'http');
  assert.equal(protocolOf(Buffer.of(0x16)), 'tls');
  assert.equal(protocolOf(preface), 'http2');
  assert.equal(protocolOf(Buffer.from('PRI * HTTP/1.0')), 'http');
});

test('once it is known, further bytes do not change it; until then all are those of HTTP/2', () => {
  const heads = fc.oneof(
    fc.uint8Array({ minLength: 1 }),
    fc.nat(preface.length).map((n) => preface.subarray(0, n + 1)),
  );
  fc.assert(
    fc.property(heads, fc.uint8Array(), (head, more) => {
      const known = protocolOf(Buffer.from(head));
      if (known !== undefined) return protocolOf(Buffer.concat([head, more])) === known;
      return preface.subarray(0, head.length).equals(head);
    }),
  );
});
