import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../../../test/kit/sample-version.ts';
import { megabytes } from '../../../kernel/quantity.ts';
import type { FunctionView } from '../process-variables.ts';
import { programArguments } from './program-arguments.ts';
import type { InterpreterProvision } from './runtime-provision.ts';

const view: FunctionView = {
  task: '/var/task',
  runtime: '/var/runtime',
  interpreters: '/var/lang/bin',
  libraries: [],
  layers: '/opt',
  temporary: undefined,
};

function provision(family: InterpreterProvision['family'], version: string): InterpreterProvision {
  const interpreter = { binary: '/x', version, prefix: undefined, names: ['x'] } as const;
  return { kind: 'interpreter', family, asked: version, interpreter };
}

test('Node.js gets a heap of nine tenths of the memory', () => {
  const version = sampleVersion({ memorySize: megabytes(128) });
  assert.deepEqual(programArguments(provision('nodejs', '24.1.0'), version, view), [
    '--max-old-space-size=115',
    '/var/runtime/bootstrap.cjs',
  ]);
});

test('what AWS switches off is switched off where Node.js knows it, unless the function switches it on', () => {
  const flags = (version: string, options = ''): readonly string[] =>
    programArguments(provision('nodejs', version), sampleVersion({ variables: { NODE_OPTIONS: options } }), view).slice(
      1,
      -1,
    );
  assert.deepEqual(flags('18.20.8'), []);
  assert.deepEqual(flags('20.11.0'), []);
  assert.deepEqual(flags('20.19.0'), ['--no-experimental-require-module']);
  assert.deepEqual(flags('22.12.0'), ['--no-experimental-require-module', '--no-experimental-detect-module']);
  assert.deepEqual(flags('22.12.0', '--experimental-require-module'), ['--no-experimental-detect-module']);
  assert.deepEqual(flags('24.0.0'), []);
});

test('Python and Ruby run their bootstraps, Java the client with the handler', () => {
  const version = sampleVersion({ handler: 'shop.Handler::run', memorySize: megabytes(512) });
  assert.deepEqual(programArguments(provision('python', '3.13.0'), version, view), ['/var/runtime/bootstrap.py']);
  assert.deepEqual(programArguments(provision('ruby', '3.4.0'), version, view), ['/var/runtime/bootstrap.rb']);
  const java = programArguments(provision('java', '21.0.1'), version, { ...view, temporary: '/tmp/own' });
  assert.equal(java[0], '-XX:MaxHeapSize=445644k');
  assert.ok(java.includes('-Djava.io.tmpdir=/tmp/own'));
  assert.deepEqual(java.slice(-4), [
    '-cp',
    '/var/runtime/lib/*',
    'com.amazonaws.services.lambda.runtime.api.client.AWSLambda',
    'shop.Handler::run',
  ]);
});

test('.NET runs the assembly that the handler names, on a later version where there is no other', () => {
  const version = sampleVersion({ handler: 'Shop' });
  assert.deepEqual(programArguments(provision('dotnet', '8.0.11'), version, view), ['/var/task/Shop.dll']);
  const later = { ...provision('dotnet', '10.0.1'), asked: '8' };
  assert.deepEqual(programArguments(later, version, view), ['--roll-forward', 'Major', '/var/task/Shop.dll']);
});
