import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { accountId, region, scopeOf } from '../aws/scope.ts';
import { Admission } from './admission.ts';

const version = sampleVersion();

test('what goes over the limit is throttled until somebody leaves', () => {
  const admission = new Admission({ concurrentExecutions: 2 });
  const first = admission.enter(version);
  assert.equal(first.kind, 'admitted');
  assert.equal(admission.enter(version).kind, 'admitted');
  assert.deepEqual(admission.enter(version), {
    kind: 'throttled',
    reason: 'ConcurrentInvocationLimitExceeded',
    retryAfter: 1,
  });
  if (first.kind === 'admitted') first.slot[Symbol.dispose]();
  assert.equal(admission.enter(version).kind, 'admitted');
  assert.equal(admission.enter(version).kind, 'throttled');
});

test('each account and region counts for itself', () => {
  const admission = new Admission({ concurrentExecutions: 1 });
  const elsewhere = sampleVersion({ scope: scopeOf(accountId('123456789012'), region('us-east-1')) });
  const other = sampleVersion({ scope: scopeOf(accountId('000000000000'), region('eu-west-1')) });
  for (const each of [version, elsewhere, other]) assert.equal(admission.enter(each).kind, 'admitted');
  for (const each of [version, elsewhere, other]) assert.equal(admission.enter(each).kind, 'throttled');
});
