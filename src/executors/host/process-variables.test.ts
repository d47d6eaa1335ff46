import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { bytes, megabytes, seconds } from '../../kernel/quantity.ts';
import type { CodeSha256 } from '../../lambda/code/code-reference.ts';
import type {
  ArchiveVersion,
  FunctionArn,
  FunctionName,
  Generation,
  RuntimeId,
  VersionId,
} from '../../lambda/function/function-version.ts';
import type { EnvironmentId, LaunchSpec } from '../executor.ts';
import { type FunctionView, processVariables } from './process-variables.ts';
import type { RuntimeProvision } from './provision/runtime-provision.ts';

const spec: LaunchSpec = {
  environmentId: '0'.repeat(32) as EnvironmentId,
  runtimeApi: '127.0.0.1:9001',
  variables: { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
  output: () => {},
};
const sandboxView: FunctionView = {
  task: '/var/task',
  runtime: '/var/runtime',
  interpreters: '/var/lang/bin',
  libraries: ['/var/lang/lib', '/lib64'],
  layers: '/opt',
  temporary: undefined,
};
const provided: RuntimeProvision = { kind: 'bootstrap', family: 'provided' };
const python: RuntimeProvision = {
  kind: 'interpreter',
  family: 'python',
  asked: '3.12',
  interpreter: { binary: '/usr/bin/python3', version: '3.12.1', prefix: '/usr', names: ['python3.12'] },
};

function version(variables: Record<string, string>): ArchiveVersion {
  return {
    generation: '1' as Generation,
    scope: scopeOf(accountId('000000000000'), region('eu-west-1')),
    functionName: 'f' as FunctionName,
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:f' as FunctionArn,
    version: '1' as VersionId,
    packageType: 'Zip',
    runtime: 'python3.12' as RuntimeId,
    handler: 'a.b',
    role: 'arn:aws:iam::000000000000:role/r',
    timeout: seconds(3),
    memorySize: megabytes(128),
    ephemeralStorage: megabytes(512),
    architecture: 'x86_64',
    variables,
    code: { sha256: '' as CodeSha256, size: bytes(0) },
    layers: [],
    logGroup: '/aws/lambda/f',
    logging: { format: 'Text' },
    tracing: 'PassThrough',
  };
}

test('a user may set what AWS leaves to them, and nothing that is reserved', () => {
  const variables = processVariables(
    version({ PATH: '/p', TZ: 'Europe/Vienna', AWS_ENDPOINT_URL: 'http://other', AWS_REGION: 'x', _HANDLER: 'x' }),
    spec,
    provided,
    sandboxView,
  );
  assert.equal(variables.PATH, '/p');
  assert.equal(variables.TZ, 'Europe/Vienna');
  assert.equal(variables.AWS_ENDPOINT_URL, 'http://other');
  assert.equal(variables.AWS_REGION, 'eu-west-1');
  assert.equal(variables._HANDLER, 'a.b');
});

test('Python gets its variables, a custom runtime has no AWS_EXECUTION_ENV', () => {
  const variables = processVariables(version({}), spec, python, sandboxView);
  assert.equal(variables.AWS_EXECUTION_ENV, 'AWS_Lambda_python3.12');
  assert.equal(variables.PYTHONPATH, '/var/runtime');
  assert.equal(variables.LC_CTYPE, 'C.UTF-8');
  assert.equal('AWS_EXECUTION_ENV' in processVariables(version({}), spec, provided, sandboxView), false);
});

test('without a sandbox the paths are those of this machine', () => {
  const view = {
    task: '/code',
    runtime: '/run',
    interpreters: '/bin',
    libraries: [],
    layers: undefined,
    temporary: '/mine',
  };
  const variables = processVariables(version({}), spec, provided, view);
  assert.equal(variables.LAMBDA_TASK_ROOT, '/code');
  assert.equal(variables.TMPDIR, '/mine');
  assert.equal(variables.PWD, '/code');
  assert.doesNotMatch(JSON.stringify(variables), /\/var\/|\/opt/);
});

test('without a sandbox layers are found where they are', () => {
  const view = { ...sandboxView, task: '/code', runtime: '/run', libraries: [], layers: '/layers' };
  const variables = processVariables(version({}), spec, python, view);
  assert.equal(variables.PYTHONPATH, '/layers/python/lib/python3.12/site-packages:/layers/python:/run');
  assert.equal(variables.LD_LIBRARY_PATH, '/code:/code/lib:/layers/lib');
  assert.match(variables.PATH ?? '', /:\/layers\/bin$/);
  const node = processVariables(version({}), spec, { ...python, family: 'nodejs', asked: '24' }, view);
  assert.equal(
    node.NODE_PATH,
    '/layers/nodejs/node24/node_modules:/layers/nodejs/node_modules:/run/node_modules:/run:/code',
  );
});

const text = fc.string({ unit: fc.constantFrom('a', '\0', '=') });

test('no name or value is one that a process cannot have, whatever the user writes', () => {
  fc.assert(
    fc.property(fc.dictionary(text, text), (users) => {
      const variables = processVariables(version(users), spec, provided, sandboxView);
      assert.equal(Object.values(variables).join('').includes('\0'), false);
      assert.doesNotMatch(Object.keys(variables).join(' '), /[=\0]| {2}/);
      assert.equal(variables.AWS_LAMBDA_RUNTIME_API, '127.0.0.1:9001');
    }),
  );
});
