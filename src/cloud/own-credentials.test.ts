import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOfAws } from './own-credentials.ts';

test('keys that AWS has given out are told from those that tests make up', () => {
  for (const key of ['AKIAI44QH2DHBK3WXYZA', 'ASIAQHKD7YTL5ABCDEFG']) assert.equal(isOfAws(key), true, key);
  for (const key of [
    'test',
    '000000000000',
    '123456789012',
    'LKIAQAAAAAAABCDEFGHI',
    'AKIAIOSFODNN7EXAMPLE',
    'AKIA',
    '',
  ]) {
    assert.equal(isOfAws(key), false, key);
  }
});
