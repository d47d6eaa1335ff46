/** Each of the 110 texts of AWS's errors, out of a real request, byte by byte. Source: recorded from AWS, 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { conflictTexts } from '../error-texts/conflict-texts.ts';
import { type ErrorTexts, ErrorWorld } from '../error-texts/error-world.ts';
import { functionTexts } from '../error-texts/function-texts.ts';
import { mappingTexts } from '../error-texts/mapping-texts.ts';
import { missingTexts } from '../error-texts/missing-texts.ts';
import { settingTexts } from '../error-texts/setting-texts.ts';
import { assertRefused } from '../kit/refusal.ts';

const texts: ErrorTexts = { ...missingTexts, ...conflictTexts, ...functionTexts, ...settingTexts, ...mappingTexts };

/** What only another service can know, and why nothing says it yet. */
const notYet: Readonly<Record<number, string>> = {
  41: 'the role cannot be assumed: no IAM service is asked whether there is such a role',
  109: 'the queue does not exist: no SQS service is asked yet (event-source-existence.ts)',
  110: 'the stream does not exist: no Kinesis or DynamoDB service is asked yet (event-source-existence.ts)',
};

suite('The texts of errors', () => {
  let world: ErrorWorld;
  before(async () => {
    world = await ErrorWorld.open();
  });
  after(() => world[Symbol.asyncDispose]());

  test('all 110 are here, or it is said why not', () => {
    const numbers = [...Object.keys(texts), ...Object.keys(notYet)].map(Number).sort((one, other) => one - other);
    assert.deepEqual(
      numbers,
      Array.from({ length: 110 }, (_, n) => n + 1),
    );
  });

  for (const [number, cases] of Object.entries(texts)) {
    for (const [n, [ask, refusal]] of cases.entries()) {
      test(cases.length === 1 ? `${number}` : `${number}, place ${n + 1} of ${cases.length}`, async () => {
        assertRefused(await ask(world), typeof refusal === 'function' ? refusal(world) : refusal);
      });
    }
  }
});
