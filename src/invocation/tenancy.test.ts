import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { ServiceError } from '../aws/service-error.ts';
import { purposeOf } from './tenancy.ts';

const isolated = sampleVersion({ tenantIsolation: 'PER_TENANT' });

const refused = (message: string) => (error: unknown) => {
  assert.ok(error instanceof ServiceError);
  assert.deepEqual([error.code, error.message], ['InvalidParameterValueException', message]);
  return true;
};

test('an invocation of a tenant runs where only that tenant does, all others on demand', () => {
  assert.equal(purposeOf(sampleVersion(), undefined), 'on-demand');
  assert.equal(purposeOf(isolated, 'blue'), 'tenant blue');
});

test('a tenant id is there exactly when the function isolates tenants', () => {
  assert.throws(
    () => purposeOf(isolated, undefined),
    refused(
      'The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.',
    ),
  );
  assert.throws(
    () => purposeOf(sampleVersion(), 'blue'),
    refused(
      'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.',
    ),
  );
});
