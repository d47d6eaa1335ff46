import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerWith, failureOf, isAnswerTo, parseQuery } from './dns-message.ts';
import { addressOfAnswer, codeOfAnswer, queryFor } from './dns-query.fixture.ts';

const type = { a: 1, aaaa: 28 };

const label = fc.stringMatching(/^[a-zA-Z0-9_-]{1,63}$/);
const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

test('a query for any name is read as it was written, in small letters', () => {
  fc.assert(
    fc.property(name, fc.nat(0xffff), fc.boolean(), (asked, askedType, extended) => {
      const query = parseQuery(queryFor(asked, askedType, { extended }));
      assert.ok(query?.kind === 'query');
      assert.deepEqual(query.question, { name: asked.toLowerCase(), type: askedType, class: 1 });
      assert.equal(query.extended, extended);
    }),
  );
});

test('no packet makes the parser throw, and every failure answers the number that was asked', () => {
  const damaged = fc
    .tuple(name, fc.uint8Array({ maxLength: 40 }), fc.nat(60), fc.boolean())
    .map(([asked, noise, at, cut]) => {
      const packet = queryFor(asked, type.a);
      const from = Math.min(at, packet.length);
      return cut ? packet.subarray(0, from) : Buffer.concat([packet.subarray(0, from), noise, packet.subarray(from)]);
    });
  const random = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(damaged, random), (packet) => {
      const query = parseQuery(packet);
      if (query === undefined) return;
      const answer = query.kind === 'query' ? answerWith(query, []) : failureOf(query, query.code);
      assert.equal(answer.readUInt16BE(0), packet.readUInt16BE(0));
      assert.ok(
        answer.length <= packet.length + 11,
        'an answer is no longer than its question with the record of EDNS',
      );
      assert.equal(parseQuery(answer), undefined, 'an answer is no query');
    }),
  );
});

test('what is no question to us is refused with its reason, and answers get no answer', () => {
  const packet = queryFor('example.com', type.a);
  const changed = (at: number, value: number): Buffer => {
    const other = Buffer.from(packet);
    other.writeUInt16BE(value, at);
    return other;
  };
  const notify = parseQuery(changed(2, 0x2000));
  assert.equal(notify?.kind === 'unusable' && notify.code, 'not-implemented');
  const two = parseQuery(changed(4, 2));
  assert.equal(two?.kind === 'unusable' && two.code, 'format-error');
  const pointer = parseQuery(changed(12, 0xc00c));
  assert.equal(pointer?.kind === 'unusable' && codeOfAnswer(failureOf(pointer, pointer.code)), 1);
  assert.equal(parseQuery(changed(2, 0x8180)), undefined);
});

test('a name that is too long is refused', () => {
  const long = Array.from({ length: 5 }, () => 'x'.repeat(60)).join('.');
  assert.equal(parseQuery(queryFor(long, type.a))?.kind, 'unusable');
});

test('a dot inside a label is no dot between labels', () => {
  const packet = queryFor('evilXamazonaws.com', type.a);
  packet[packet.indexOf('X')] = '.'.charCodeAt(0);
  const query = parseQuery(packet);
  assert.equal(query?.kind === 'query' && query.question.name, String.raw`evil\046amazonaws.com`);
});

test('addresses of both kinds are written as they are', () => {
  for (const [address, askedType] of [
    ['172.17.0.1', type.a],
    ['::1', type.aaaa],
    ['fd00:1:2::ff00:42:8329', type.aaaa],
    ['::ffff:10.0.0.1', type.aaaa],
  ] as const) {
    const query = parseQuery(queryFor('localhost.localstack.cloud', askedType, { extended: true }));
    assert.ok(query?.kind === 'query');
    const answer = answerWith(query, [address]);
    assert.ok(isAnswerTo(query, answer));
    assert.equal(
      addressOfAnswer(answer),
      new URL(`http://${address.includes(':') ? `[${address}]` : address}`).hostname,
    );
  }
});

test('an answer with another number, to another question, or no answer at all is none', () => {
  const query = parseQuery(queryFor('Example.com', type.a));
  assert.ok(query?.kind === 'query');
  const answer = answerWith(query, ['10.0.0.1']);
  const otherNumber = Buffer.from(answer);
  otherNumber.writeUInt16BE(answer.readUInt16BE(0) ^ 1, 0);
  assert.equal(isAnswerTo(query, otherNumber), false);
  const other = parseQuery(queryFor('example.org', type.a));
  assert.equal(isAnswerTo(query, other?.kind === 'query' ? answerWith(other, []) : answer), false);
  assert.equal(isAnswerTo(query, query.packet), false);
  assert.equal(isAnswerTo(query, Buffer.alloc(3)), false);
  assert.equal(isAnswerTo(query, Buffer.from(answer.toString('latin1').replace('Example', 'eXAMPLE'), 'latin1')), true);
});
