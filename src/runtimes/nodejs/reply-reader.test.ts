/** Tests of the HTTP reader: whatever way the bytes are cut, the same replies come out. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const { ReplyReader } = createRequire(import.meta.url)('./reply-reader.cjs') as {
  ReplyReader: new (onReply: (reply: Reply) => void) => { push(bytes: Buffer): void };
};

const sentReply = fc.record({
  body: fc.uint8Array({ maxLength: 200 }),
  framing: fc.constantFrom('length', 'chunked', 'chunked with trailer', 'after 100 Continue'),
  chunkSize: fc.integer({ min: 1, max: 40 }),
  requestId: fc.uuid(),
});

type SentReply = typeof sentReply extends fc.Arbitrary<infer T> ? T : never;

function encode({ body, framing, chunkSize, requestId }: SentReply): Buffer {
  const head = `HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id:  ${requestId}\r\n`;
  if (!framing.startsWith('chunked')) {
    const before = framing === 'length' ? '' : 'HTTP/1.1 100 Continue\r\n\r\n';
    return Buffer.concat([Buffer.from(`${before}${head}CONTENT-LENGTH: ${body.length}\r\n\r\n`), body]);
  }
  const parts = [Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`)];
  for (let at = 0; at < body.length; at += chunkSize) {
    const chunk = body.subarray(at, at + chunkSize);
    parts.push(Buffer.from(`${chunk.length.toString(16)};ext=1\r\n`), Buffer.from(chunk), Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(framing === 'chunked' ? '0\r\n\r\n' : '0\r\nSome: trailer\r\n\r\n'));
  return Buffer.concat(parts);
}

test('the reader finds every reply, however the bytes arrive', () => {
  fc.assert(
    fc.property(
      fc.array(sentReply, { maxLength: 4 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
      (sent, cuts) => {
        const received: Reply[] = [];
        const reader = new ReplyReader((reply) => received.push(reply));
        let bytes = Buffer.concat(sent.map(encode));
        for (const size of cuts) {
          if (bytes.length === 0) break;
          reader.push(Buffer.from(bytes.subarray(0, size)));
          bytes = bytes.subarray(size);
        }
        assert.equal(received.length, sent.length);
        for (const [index, reply] of received.entries()) {
          assert.equal(reply.status, 200);
          assert.equal(reply.headers['lambda-runtime-aws-request-id'], sent[index]?.requestId);
          assert.deepEqual(reply.body, Buffer.from(sent[index]?.body ?? []));
        }
      },
    ),
  );
});
