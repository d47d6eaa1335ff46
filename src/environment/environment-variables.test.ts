import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import type { EnvironmentId } from '../executors/executor.ts';
import { environmentVariables } from './environment-variables.ts';

test('a function sees the variables of the service, and acts in its own account', () => {
  const id = 'abc' as EnvironmentId;
  const stream = '2026/01/01/[$LATEST]abc';
  assert.deepEqual(environmentVariables(sampleVersion(), id, stream, 'on-demand', 'http://127.0.0.1:4566'), {
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: 'greeter',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/greeter',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]abc',
    AWS_ACCESS_KEY_ID: '123456789012',
    AWS_SECRET_ACCESS_KEY: 'secret-of-abc',
    AWS_SESSION_TOKEN: 'session-of-abc',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
  });
  assert.equal('AWS_ENDPOINT_URL' in environmentVariables(sampleVersion(), id, stream, 'on-demand', undefined), false);
});
