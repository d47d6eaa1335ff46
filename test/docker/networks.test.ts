/** Where daemon and functions are on a network: containers on networks of the user's, the daemon in a container itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LambdaClient, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { extensionProgram } from '../kit/extension-program.ts';
import { runProgram } from '../kit/run-program.ts';
import { TestFunction } from '../kit/test-function.ts';
import { zipOf } from '../kit/zip-of.ts';
import { containerOf, containersOfAnyDaemon, startDockerDaemon, testImage } from './docker-daemon.ts';

const { engine, host, image, settings } = testImage;
const code = {
  'index.js': `exports.handler = async () => (await fetch(process.env.AWS_ENDPOINT_URL + '/_localstack/health')).status;`,
};
const node = { Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 20, code } as const;

test('LAMBDA_DOCKER_NETWORK puts functions on these networks, where they reach the daemon', async () => {
  const names = ['lambdad-test-one', 'lambdad-test-two'] as const;
  const docker = (...args: string[]) => runProgram(['docker', '--host', host, 'network', ...args]);
  for (const name of names) await docker('create', name);
  try {
    await using daemon = await startDockerDaemon({ settings: { LAMBDA_DOCKER_NETWORK: names.join(',') } });
    const fn = await daemon.function(node);
    assert.equal((await fn.invoke()).payload, 200);
    const { NetworkSettings } = await engine.container(await containerOf(fn.name));
    assert.deepEqual(Object.keys(NetworkSettings.Networks ?? {}).sort(), [...names]);
  } finally {
    await docker('rm', ...names);
  }
});

test('HOSTNAME_FROM_LAMBDA is what functions are told', async () => {
  const flags = '--add-host the-daemon:host-gateway';
  await using daemon = await startDockerDaemon({
    settings: { HOSTNAME_FROM_LAMBDA: 'the-daemon', LAMBDA_DOCKER_FLAGS: flags },
  });
  const shown = { 'index.js': 'exports.handler = async () => process.env.AWS_LAMBDA_RUNTIME_API;' };
  const fn = await daemon.function({ ...node, code: shown });
  assert.match(String((await fn.invoke()).payload), /^the-daemon:\d+$/);
});

for (const [how, mounts] of [
  ["copied into functions' containers", []],
  ['mounted into them where its data is a volume', [{ Type: 'volume', Target: '/data' } as const]],
] as const) {
  test(`a daemon in a container with the socket mounted runs functions beside itself; code is ${how}`, async () => {
    const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
    const container = await engine.create(undefined, undefined, {
      Image: image,
      Entrypoint: ['/var/lang/bin/node', '/lambdad/src/main.ts', 'start'],
      Env: [`LAMBDA_RUNTIME_IMAGE_MAPPING=${settings['LAMBDA_RUNTIME_IMAGE_MAPPING']}`, 'LAMBDAD_DATA_DIR=/data'],
      HostConfig: {
        Binds: [`${project}:/lambdad:ro`, `${host.replace('unix://', '')}:/var/run/docker.sock`],
        Mounts: mounts,
        Init: true,
      },
    });
    try {
      await engine.start(container);
      const { NetworkSettings } = await engine.container(container);
      const [network] = Object.values(NetworkSettings.Networks ?? {});
      const endpoint = `http://${network?.IPAddress}:4566`;
      await healthy(endpoint, container);
      await runsFunctions(endpoint, mounts.length > 0 ? 'bind' : 'volume');
      await engine.kill(container, 'SIGTERM');
      assert.equal(await engine.waitForEnd(container), 0);
      assert.deepEqual(await containersOfAnyDaemon('beside'), []);
    } finally {
      await engine.remove(container);
    }
  });
}

/** One function with an extension that hears of its telemetry. @param type of the mount that its code is in */
async function runsFunctions(endpoint: string, type: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const lambda = new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const body = { schemaVersion: '2022-07-01', types: ['platform'], buffering: { timeoutMs: 25 } };
  const telemetry = { path: '/2022-07-01/telemetry', body };
  // It says so in the function's log, which is all that a test can see from here.
  const program = extensionProgram(9, {
    telemetry,
    onTelemetry: 'response.end(); console.log("heard", JSON.parse(text)[0].type)',
  });
  const Content = { ZipFile: await zipOf({ 'extensions/watcher.js': program }) };
  const layer = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'beside', Content }));
  const fn = await TestFunction.create(lambda, {
    ...node,
    FunctionName: 'beside',
    Layers: [layer.LayerVersionArn ?? ''],
  });
  assert.equal((await fn.invoke()).payload, 200);
  for (let log = ''; !log.includes('heard platform.'); ) log = (await fn.invoke({}, { LogType: 'Tail' })).log;
  lambda.destroy();
  const [own] = await containersOfAnyDaemon('beside');
  const { Mounts } = await engine.container(own ?? '');
  assert.equal(Mounts?.find(({ Destination }) => Destination === '/var/task')?.Type, type);
}

async function healthy(endpoint: string, container: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${endpoint}/_localstack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    assert.equal((await engine.container(container)).State.Running, true, 'the daemon ended');
  }
}
