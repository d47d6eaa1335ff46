import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeMarker, encodeMarker } from './pagination-marker.ts';

test('a marker gives its key back', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (key) => assert.equal(decodeMarker(encodeMarker(key)), key)));
});

test('a marker does not show its key', () => {
  assert.equal(encodeMarker('my-function').includes('my-function'), false);
});

test('what is not a marker is nothing', () => {
  for (const text of ['', 'my-function', '####', Buffer.from('other').toString('base64'), `${encodeMarker('a')} `]) {
    assert.equal(decodeMarker(text), undefined, text);
  }
});
