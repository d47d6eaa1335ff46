import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessKeyPairs } from './access-key-pairs.ts';
import { readSetting } from './setting.ts';
import { gatewaySettings } from './settings.ts';

test('pairs are read whatever is in the secrets, which are never shown', () => {
  const pairs = accessKeyPairs.parse('AKIA1:wJalr/K7+x=, dev:a:b');
  assert.deepEqual(
    pairs,
    new Map([
      ['AKIA1', 'wJalr/K7+x='],
      ['dev', 'a:b'],
    ]),
  );
  assert.equal(accessKeyPairs.show(pairs ?? new Map()), 'AKIA1:…,dev:…');
});

test('a list that cannot be read is not repeated in the message', () => {
  const facts = { insideContainer: false, homeDirectory: undefined, temporaryDirectory: '/tmp' };
  assert.throws(
    () => readSetting(gatewaySettings.credentials, { LAMBDAD_CREDENTIALS: 'AKIA1=hidden' }, facts),
    (error) => error instanceof Error && error.message.startsWith('LAMBDAD_CREDENTIALS="…" is not valid'),
  );
});

test('a pair without a key, without a secret or without both is refused', () => {
  for (const text of ['AKIA1', 'AKIA1:', ':secret', ',', 'a:b,', 'a b:c', 'a:b c']) {
    assert.equal(accessKeyPairs.parse(text), undefined, text);
  }
});
