/** What goes wrong with the engine: gone in mid-invocation, never there, daemons that were killed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateFunctionCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DaemonProcess } from '../kit/daemon-process.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { TestFunction } from '../kit/test-function.ts';
import { zipOf } from '../kit/zip-of.ts';
import { containerOf, containersOfAnyDaemon, startDockerDaemon, testImage } from './docker-daemon.ts';
import { EngineProxy } from './engine-proxy.ts';

const node = { Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 20 } as const;
const waits = {
  'index.js': 'exports.handler = ({ wait }) => new Promise((resolve) => setTimeout(resolve, wait ?? 0, "done"));',
};

test('an engine that goes in mid-invocation ends it, and one that comes back serves the next', async () => {
  await using proxy = await EngineProxy.start(testImage.host);
  await using daemon = await startDockerDaemon({ settings: { DOCKER_HOST: proxy.host } });
  const fn = await daemon.function({ ...node, code: waits });
  await fn.invoke();
  const running = fn.invoke({ wait: 30_000 });
  await busy(daemon);
  proxy.cut();
  const { functionError, payload } = await running;
  assert.equal(functionError, 'Unhandled');
  // Depending on whether the runtime had the event already, its end is told or that no other can be started.
  assert.match(JSON.stringify(payload), /Runtime\.ExitError|no answer of the Docker engine/);
  const meanwhile = await fn.invoke();
  assert.equal(meanwhile.functionError, 'Unhandled');
  proxy.restore();
  assert.equal((await fn.invoke()).payload, 'done');
});

test('a container that is removed in mid-invocation ends it, and the next one has another', async () => {
  await using daemon = await startDockerDaemon();
  const fn = await daemon.function({ ...node, code: waits });
  await fn.invoke();
  const container = await containerOf(fn.name);
  const running = fn.invoke({ wait: 30_000 });
  await busy(daemon);
  await testImage.engine.remove(container);
  assert.match(JSON.stringify((await running).payload), /Runtime\.ExitError/);
  assert.equal((await fn.invoke()).payload, 'done');
  assert.notEqual(await containerOf(fn.name), container);
});

test('without an engine a function is Failed: Docker not available', async () => {
  await using daemon = await TestDaemon.start({
    settings: { LAMBDA_RUNTIME_EXECUTOR: 'docker', DOCKER_HOST: 'unix:///nowhere/docker.sock' },
  });
  await daemon.lambda.send(
    new CreateFunctionCommand({
      ...node,
      FunctionName: 'nowhere',
      Role: 'arn:aws:iam::000000000000:role/lambda-role',
      Handler: 'index.handler',
      Code: { ZipFile: await zipOf(waits) },
    }),
  );
  for (;;) {
    const command = new GetFunctionConfigurationCommand({ FunctionName: 'nowhere' });
    const { State, StateReason, StateReasonCode } = await daemon.lambda.send(command);
    if (State === 'Pending') continue;
    assert.deepEqual([State, StateReason, StateReasonCode], ['Failed', 'Docker not available', 'InternalError']);
    return;
  }
});

test('auto takes the engine that answers, and the host where none does', async () => {
  const { LAMBDA_RUNTIME_EXECUTOR: _, ...settings } = testImage.settings;
  const auto = { ...settings, LAMBDA_RUNTIME_EXECUTOR: 'auto' };
  await using docker = await TestDaemon.start({ settings: auto });
  await using host = await TestDaemon.start({ settings: { ...auto, DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
  assert.match(docker.isolation, /^containers of Docker engine/);
  assert.doesNotMatch(host.isolation, /Docker/);
});

test('the containers of a daemon that was killed are removed by the next', async () => {
  const FunctionName = 'abandoned';
  {
    await using killed = await DaemonProcess.start(testImage.settings);
    const lambda = new LambdaClient({
      endpoint: killed.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const fn = await TestFunction.create(lambda, { ...node, FunctionName, code: waits });
    await fn.invoke();
    assert.equal((await containersOfAnyDaemon(FunctionName)).length, 1);
    lambda.destroy();
    await killed.stop('SIGKILL');
  }
  assert.equal((await containersOfAnyDaemon(FunctionName)).length, 1);
  const next = await startDockerDaemon();
  await next[Symbol.asyncDispose]();
  assert.deepEqual(await containersOfAnyDaemon(FunctionName), []);
});

/** Resolves when an invocation runs. */
async function busy(daemon: TestDaemon): Promise<void> {
  for (;;) {
    const status = (await (await daemon.fetch('/_lambdad/status')).json()) as { environments: { state: string }[] };
    if (status.environments.some(({ state }) => state === 'busy')) return;
  }
}
