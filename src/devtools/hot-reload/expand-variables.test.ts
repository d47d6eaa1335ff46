import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expandVariables } from './expand-variables.ts';

const environment = { HOME: '/home/me', APP_1: 'orders', EMPTY: '' };

test('variables are replaced in both ways of writing them', () => {
  assert.equal(expandVariables('$HOME/${APP_1}/src', environment), '/home/me/orders/src');
  assert.equal(expandVariables('${HOME}$EMPTY/$APP_1', environment), '/home/me/orders');
});

test('what has no value stays as it is written', () => {
  for (const text of ['/a/$OTHER', '/a/${OTHER}', '/a/$', '/a/${}', '/a/${HOME', '$$']) {
    assert.equal(expandVariables(text, environment), text);
  }
});

test('text without a dollar sign is left alone, and so is all where nothing has a value', () => {
  fc.assert(fc.property(fc.string(), (text) => expandVariables(text, {}) === text));
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text.replaceAll('$', '');
      return expandVariables(plain, environment) === plain;
    }),
  );
});
