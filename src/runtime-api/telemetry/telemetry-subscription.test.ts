import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSubscription } from './telemetry-subscription.ts';

const parse = (document: unknown, api: 'telemetry' | 'logs' = 'telemetry') =>
  parseSubscription(api, Buffer.from(JSON.stringify(document)));

const whole = {
  schemaVersion: '2022-07-01',
  destination: { protocol: 'HTTP', URI: 'http://sandbox.localdomain:8080/path?x=1' },
  types: ['platform', 'function'],
  buffering: { timeoutMs: 25, maxBytes: 1_048_576, maxItems: 1000 },
};

test('a subscription is what it says, with the defaults of AWS for what it does not', () => {
  assert.deepEqual(parse(whole), {
    api: 'telemetry',
    schemaVersion: '2022-07-01',
    destination: { protocol: 'HTTP', method: 'POST', port: 8080, path: '/path?x=1' },
    types: ['platform', 'function'],
    buffering: { timeoutMs: 25, maxBytes: 1_048_576, maxItems: 1000 },
  });
  const destination = { protocol: 'TCP', port: 8081 };
  assert.deepEqual(parse({ types: ['extension'], destination }, 'logs'), {
    api: 'logs',
    schemaVersion: '2020-08-15',
    destination,
    types: ['extension'],
    buffering: { timeoutMs: 1000, maxBytes: 262_144, maxItems: 10_000 },
  });
});

test('the port may be the one of the scheme, when it is written out', () => {
  const at = (URI: string) => parse({ ...whole, destination: { protocol: 'HTTP', URI } });
  assert.match(JSON.stringify(at('http://sandbox:80')), /"port":80/);
  assert.deepEqual(at('http://sandbox'), ['URI port is not provided']);
});

test('all that is wrong is said at once', () => {
  const rows: readonly (readonly [changes: object, faults: readonly string[]])[] = [
    [
      { types: [], destination: { protocol: 'HTTP', URI: 'http://sandbox' } },
      ['URI port is not provided', 'types should not be empty'],
    ],
    [{ types: ['platform', 'metrics'] }, ['types should be of platform, function, extension']],
    [{ schemaVersion: '1999-01-01' }, ['schemaVersion should be one of 2022-07-01, 2022-12-13, 2025-01-29']],
    [
      { buffering: { timeoutMs: 24, maxItems: 10_001 } },
      ['timeoutMs should be between 25 and 30000', 'maxItems should be between 1000 and 10000'],
    ],
    [{ destination: { protocol: 'HTTP', URI: 'http://example.com:80' } }, ['URI host should be sandbox.localdomain']],
    [{ destination: { protocol: 'HTTP', URI: 'http://sandbox:9001' } }, ['port 9001 is reserved']],
    [{ destination: { protocol: 'HTTP', URI: 'https://sandbox:1234' } }, ['URI scheme should be http']],
    [{ destination: undefined }, ['destination protocol should be HTTP or TCP', 'URI is not valid']],
  ];
  for (const [changes, faults] of rows) assert.deepEqual(parse({ ...whole, ...changes }), faults);
});

test('whatever the body is, the answer is a subscription or what is wrong', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom('telemetry', 'logs'), (body, api) => {
      const answer = parseSubscription(api, Buffer.from(body));
      assert.ok(!('length' in answer) || answer.length > 0);
    }),
  );
});
