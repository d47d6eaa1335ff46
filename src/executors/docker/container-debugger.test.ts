import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../../test/kit/sample-version.ts';
import type { RuntimeId } from '../../lambda/function/function-version.ts';
import type { EnvironmentId, LaunchSpec } from '../executor.ts';
import { loopback } from '../runtime-api-host.ts';
import { debuggerPorts, debuggerVariables } from './container-debugger.ts';
import type { ContainerNetwork } from './site/container-network.ts';

const plain: LaunchSpec = {
  environmentId: '0' as EnvironmentId,
  runtimeApi: '127.0.0.1:1',
  variables: {},
  output: () => {},
};
const debugged: LaunchSpec = {
  ...plain,
  debugger: { port: 40_000, wait: false, launched: () => {}, ended: () => {} },
};

const network = (direct: boolean): ContainerNetwork => ({
  main: undefined,
  others: [],
  runtimeApiHost: loopback,
  direct,
  hosts: [],
});

const variables = (runtime: string, given: Record<string, string> = {}) =>
  debuggerVariables(sampleVersion({ runtime: runtime as RuntimeId }), debugged, given);

test('the port is published where the container cannot be reached itself, for this machine only', () => {
  assert.deepEqual(debuggerPorts(debugged, network(false)), {
    '40000/tcp': [{ HostIp: '127.0.0.1', HostPort: '40000' }],
  });
  assert.deepEqual(debuggerPorts(debugged, network(true)), {});
  assert.deepEqual(debuggerPorts(plain, network(false)), {});
});

test('variables of the function are kept beside those of the debugger', () => {
  assert.equal(
    variables('nodejs24.x', { NODE_OPTIONS: '--trace-warnings' })['NODE_OPTIONS'],
    '--trace-warnings --inspect=0.0.0.0:40000 --inspect-publish-uid=http --enable-source-maps',
  );
  assert.match(
    variables('java21', { JAVA_TOOL_OPTIONS: '-Da=b' })['JAVA_TOOL_OPTIONS'] ?? '',
    /^-Da=b -agentlib:jdwp=.*address=0\.0\.0\.0:40000$/,
  );
  assert.equal(
    variables('python3.13', { PYTHONPATH: '/var/task/vendored' })['PYTHONPATH'],
    '/var/lambdad:/var/task/vendored',
  );
});

test('a process without a debugger has none of them', () => {
  assert.deepEqual(debuggerVariables(sampleVersion(), plain, {}), {});
  assert.deepEqual(variables('provided.al2023'), {});
});
