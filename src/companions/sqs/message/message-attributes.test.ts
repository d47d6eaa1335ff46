import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../../aws/service-error.ts';
import {
  checkMessageAttributes,
  chosenAttributes,
  type MessageAttributes,
  md5OfAttributes,
  sizeOfAttributes,
} from './message-attributes.ts';

const text = (value: string, type = 'String') => ({ DataType: type, StringValue: value });

test('the digest covers names, types and values by the order of the names', () => {
  assert.equal(md5OfAttributes({}), undefined);
  const attributes = {
    b: text('2', 'Number'),
    a: text('ü'),
    c: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
  };
  const { a, b, c } = attributes;
  assert.equal(md5OfAttributes(attributes), md5OfAttributes({ c, a, b }));
  assert.notEqual(md5OfAttributes(attributes), md5OfAttributes({ ...attributes, a: text('u') }));
  assert.notEqual(md5OfAttributes({ a: text('1') }), md5OfAttributes({ a: text('1', 'Number') }));
});

test('names, types and values count as bytes', () => {
  assert.equal(
    sizeOfAttributes({ ab: text('ü'), c: { DataType: 'Binary', BinaryValue: Buffer.alloc(3) } }),
    2 + 6 + 2 + 1 + 6 + 3,
  );
});

test('a receive gets the attributes that it names, by beginnings too', () => {
  const attributes = { 'foo.a': text('1'), 'foo.b': text('2'), bar: text('3') };
  assert.deepEqual(Object.keys(chosenAttributes(attributes, [])), []);
  assert.deepEqual(Object.keys(chosenAttributes(attributes, ['bar'])), ['bar']);
  assert.deepEqual(Object.keys(chosenAttributes(attributes, ['foo.*'])), ['foo.a', 'foo.b']);
  assert.equal(chosenAttributes(attributes, ['All']), attributes);
  assert.equal(chosenAttributes(attributes, ['.*']), attributes);
});

test('what AWS does not take is refused with its words', () => {
  const refused: readonly (readonly [MessageAttributes, RegExp])[] = [
    [
      Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`a${n}`, text('x')])),
      /\[11\] exceeds the allowed maximum \[10\]/,
    ],
    [{ 'a b': text('x') }, /attribute name 'a b' is invalid/],
    [{ 'a..b': text('x') }, /attribute name 'a..b' is invalid/],
    [{ 'AWS.x': text('x') }, /reserved prefixes/],
    [{ ['a'.repeat(257)]: text('x') }, /shorter than 256 Bytes/],
    [{ a: text('x', 'Text') }, /'a' has an invalid message attribute type/],
    [{ a: text('') }, /'a' must contain non-empty message attribute value for message attribute type 'String'/],
    [{ a: { DataType: 'Binary', StringValue: 'x' } }, /message attribute type 'Binary'/],
    [{ a: text('one', 'Number') }, /Can't cast the value of message \(user\) attribute 'a' to a number/],
    [{ a: text('\u0000') }, /Invalid binary character/],
  ];
  for (const [attributes, message] of refused) {
    assert.throws(
      () => checkMessageAttributes(attributes),
      (error) => error instanceof ServiceError && error.code === 'InvalidParameterValue' && message.test(error.message),
    );
  }
  checkMessageAttributes({ a: text('-1.5e3', 'Number.float'), b: text('x', 'String.mine') });
});
