import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ServiceTable } from '../../service-table.ts';
import { jsonDecoders } from './decode-json.ts';
import { jsonEncoders } from './encode-json.ts';

const table: ServiceTable = {
  service: 'example',
  operations: {},
  errors: {},
  shapes: {
    Everything: {
      kind: 'structure',
      members: {
        Text: 'string',
        Whole: 'integer',
        Real: 'number',
        Flag: 'boolean',
        Time: 'timestamp',
        Stamp: 'DateTime',
        Bytes: 'blob',
        List: 'Inner',
        Map: 'ByName',
        InHeader: { shape: 'string', in: 'header' },
      },
    },
    DateTime: { kind: 'timestamp', format: 'date-time' },
    Inner: { kind: 'list', member: 'Leaf' },
    Leaf: { kind: 'structure', members: { Name: 'string' } },
    ByName: { kind: 'map', key: 'string', value: 'Leaf' },
  },
};

const leaf = fc.record({ Name: fc.string() }, { noNullPrototype: true });
const time = fc.date({ min: new Date(0), max: new Date('2999-01-01'), noInvalidDate: true });
const everything = fc.record(
  {
    Text: fc.string({ unit: 'binary' }),
    Whole: fc.maxSafeInteger(),
    Real: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    Flag: fc.boolean(),
    Time: time,
    Stamp: time,
    Bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    List: fc.array(leaf),
    Map: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), leaf, {
      noNullPrototype: true,
    }),
  },
  { noNullPrototype: true, requiredKeys: [] },
);

test('what is encoded is decoded the same, through JSON', () => {
  const decode = jsonDecoders(table)('Everything');
  const encode = jsonEncoders(table)('Everything');
  fc.assert(
    fc.property(everything, (value) => {
      const text = JSON.stringify(encode(value));
      assert.deepEqual(decode(JSON.parse(text)), value);
    }),
  );
});

test('members that are bound to a header are in no body', () => {
  assert.deepEqual(jsonDecoders(table)('Everything')({ InHeader: 'x', Text: 'y' }), { Text: 'y' });
  assert.deepEqual(jsonEncoders(table)('Everything')({ InHeader: 'x', Text: 'y' }), { Text: 'y' });
});

test('a timestamp is refused in another form than its own', () => {
  const decode = jsonDecoders(table)('Everything');
  for (const value of [{ Time: '2026-01-01T00:00:00Z' }, { Stamp: 1 }, { Stamp: 'yesterday' }, { Time: {} }]) {
    assert.throws(() => decode(value), { code: 'SerializationException' });
  }
});

test('a shape that holds itself is decoded and encoded as deep as its value goes', () => {
  const recursive: ServiceTable = {
    ...table,
    shapes: {
      Tree: { kind: 'structure', members: { Bytes: 'blob', Branches: 'Trees', Named: 'TreeByName' } },
      Trees: { kind: 'list', member: 'Tree' },
      TreeByName: { kind: 'map', key: 'string', value: 'Tree' },
    },
  };
  const value = { Branches: [{ Named: { a: { Bytes: Buffer.from('deep') } } }, {}] };
  const encoded = jsonEncoders(recursive)('Tree')(value);
  assert.deepEqual(encoded, { Branches: [{ Named: { a: { Bytes: 'ZGVlcA==' } } }, {}] });
  assert.deepEqual(jsonDecoders(recursive)('Tree')(encoded), value);
});
