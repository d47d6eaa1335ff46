import assert from 'node:assert/strict';
import { isIPv6 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatHostAndPort, parseHostAndPort, parseListenAddresses } from './listen-address.ts';

const accepted = [
  ['127.0.0.1:4566', { host: '127.0.0.1', port: 4566 }],
  ['[::1]:4566', { host: '::1', port: 4566 }],
  ['[::]', { host: '::' }],
  ['localhost', { host: 'localhost' }],
  ['my_host.example.com.:0', { host: 'my_host.example.com.', port: 0 }],
] as const;

for (const [text, expected] of accepted) {
  test(`"${text}" is understood`, () => {
    assert.deepEqual(parseHostAndPort(text), expected);
  });
}

const refused = [
  '',
  ':4566',
  '::1',
  '::1:4566',
  '[::1',
  '[::1]4566',
  '[localhost]:1',
  '127.0.0.1:',
  '1.2.3',
  '256.0.0.1',
].concat(['4566', 'host:65536', 'host:-1', 'host:4566x', 'ho st:1', '-host', 'host-', 'http://host', 'host:1:2']);

for (const text of refused) {
  test(`"${text}" is refused`, () => {
    assert.equal(parseHostAndPort(text), undefined);
  });
}

test('a list keeps its order, trims its parts and gives the usual port to those without one', () => {
  assert.deepEqual(parseListenAddresses('127.0.0.1:80, [::1]'), [
    { host: '127.0.0.1', port: 80 },
    { host: '::1', port: 4566 },
  ]);
});

test('a list with one bad part is refused as a whole', () => {
  assert.equal(parseListenAddresses('127.0.0.1:80,'), undefined);
  assert.equal(parseListenAddresses('127.0.0.1:80,nonsense!'), undefined);
});

test('what was formatted is parsed to the same, for every host and port', () => {
  const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6().filter(isIPv6));
  const port = fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined });
  fc.assert(
    fc.property(host, port, (name, number) => {
      const address = number === undefined ? { host: name } : { host: name, port: number };
      assert.deepEqual(parseHostAndPort(formatHostAndPort(address)), address);
    }),
  );
});

test('no text makes the parser throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]:.,0123456789af-localhost '.split('')) }), (text) => {
      parseListenAddresses(text);
    }),
  );
});
