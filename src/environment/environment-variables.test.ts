import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { environmentVariables } from './environment-variables.ts';

const credentials = { accessKeyId: 'LSIA', secretAccessKey: 'secret', sessionToken: 'token' };
const stream = '2026/01/01/[$LATEST]abc';

test('a function sees the variables of the service, and acts in its own account', () => {
  assert.deepEqual(
    environmentVariables(sampleVersion(), credentials, stream, 'on-demand', 'http://127.0.0.1:4566', '10.0.0.1:5000'),
    {
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'greeter',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/greeter',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]abc',
      AWS_ACCESS_KEY_ID: 'LSIA',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      AWS_XRAY_DAEMON_ADDRESS: '10.0.0.1:5000',
      _AWS_XRAY_DAEMON_ADDRESS: '10.0.0.1',
      _AWS_XRAY_DAEMON_PORT: '5000',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    },
  );
});

test('there is an endpoint only when the functions are to have it', () => {
  const variables = environmentVariables(sampleVersion(), credentials, stream, 'on-demand', undefined, undefined);
  assert.equal('AWS_ENDPOINT_URL' in variables, false);
});

test('format and level of the log are said with the JSON format only', () => {
  const logging = { format: 'JSON', applicationLevel: 'WARN', systemLevel: 'INFO' } as const;
  const variables = environmentVariables(
    sampleVersion({ logging }),
    credentials,
    stream,
    'on-demand',
    undefined,
    undefined,
  );
  assert.equal(variables['AWS_LAMBDA_LOG_FORMAT'], 'JSON');
  assert.equal(variables['AWS_LAMBDA_LOG_LEVEL'], 'WARN');
});
