import assert from 'node:assert/strict';
import test from 'node:test';
import { bytes, milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { CodeLocations } from './code-location.ts';
import type { CodeSha256 } from './code-reference.ts';

const code = { sha256: Buffer.alloc(32, 7).toString('base64') as CodeSha256, size: bytes(1234) };

function mint() {
  const clock = new VirtualClock();
  const locations = new CodeLocations({ clock, secret: 'secret', publicHost: () => 'localhost:4566' });
  return { clock, locations, url: new URL(locations.mint(code)) };
}

test('a link leads to its code for ten minutes', () => {
  const { clock, locations, url } = mint();
  assert.equal(url.host, 'localhost:4566');
  assert.deepEqual(locations.verify(url.pathname, url.searchParams), code);
  clock.advance(milliseconds(600_000));
  assert.deepEqual(locations.verify(url.pathname, url.searchParams), code);
  clock.advance(milliseconds(1));
  assert.equal(locations.verify(url.pathname, url.searchParams), undefined);
});

test('a link that was changed leads nowhere', () => {
  const { locations, url } = mint();
  for (const [name, value] of [
    ['size', '1'],
    ['expires', '99999999999'],
    ['signature', 'x'],
    ['signature', '0'.repeat(64)],
  ] as const) {
    const query = new URLSearchParams(url.searchParams);
    query.set(name, value);
    assert.equal(locations.verify(url.pathname, query), undefined, name);
  }
  assert.equal(locations.verify(url.pathname.replace('07', '08'), url.searchParams), undefined);
  assert.equal(locations.verify(url.pathname, new URLSearchParams()), undefined);
  assert.equal(locations.verify('/elsewhere', url.searchParams), undefined);
});
