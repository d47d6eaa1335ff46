import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo, type RuntimeScript } from '../../test/kit/fake-executor.ts';
import { TestEnvironment } from '../../test/kit/test-environment.ts';
import { milliseconds } from '../kernel/quantity.ts';

const never = new Promise<void>(() => {});
const hang: RuntimeScript = () => never;
const stuck: RuntimeScript = async ({ api }) => {
  await api.next();
  await never;
};
const crash: RuntimeScript = async (runtime) => runtime.exit({ kind: 'code', code: 1 });

const refuses = (address: string): Promise<boolean> => {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: Number(port) });
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });
};

/** How each state is reached, and whether an invocation is under way in it. */
const ways = {
  starting: { script: echo, go: async () => undefined },
  initialising: { script: hang, go: (opened: TestEnvironment) => opened.reaches('initialising') },
  ready: { script: echo, go: (opened: TestEnvironment) => opened.reaches('ready') },
  busy: {
    script: stuck,
    go: async (opened: TestEnvironment) => {
      await opened.reaches('ready');
      return { running: opened.run('a') };
    },
  },
  frozen: {
    script: echo,
    go: async (opened: TestEnvironment) => {
      await opened.reaches('ready');
      opened.clock.advance(milliseconds(20));
    },
  },
  failed: { script: crash, go: (opened: TestEnvironment) => opened.reaches('failed') },
  restarting: {
    script: crash,
    go: async (opened: TestEnvironment) => {
      await opened.reaches('failed');
      return { running: opened.run('a') };
    },
  },
} as const;

for (const [state, way] of Object.entries(ways)) {
  test(`disposal of an environment that is ${state} leaves no process, timer or socket, and ends its run as stopped`, async () => {
    await using opened = await TestEnvironment.start(way.script, milliseconds(20));
    const under = await way.go(opened);
    assert.equal(opened.environment.state, state);
    const disposals = [opened.environment[Symbol.asyncDispose](), opened.environment[Symbol.asyncDispose]()];
    if (under !== undefined) assert.deepEqual(await under.running, { kind: 'stopped' });
    await Promise.all(disposals);
    assert.equal(opened.environment.state, 'stopped');
    assert.equal(opened.clock.waiting, 0);
    for (const { spec } of opened.executor.processes) assert.equal(await refuses(spec.runtimeApi), true);
  });
}

test('disposal during a repeated init phase ends the invocation as stopped', async () => {
  let starts = 0;
  await using opened = await TestEnvironment.start((runtime) => {
    starts += 1;
    return starts === 1 ? crash(runtime) : hang(runtime);
  });
  await opened.reaches('failed');
  const running = opened.run('a');
  await opened.reaches('initialising');
  await opened.environment[Symbol.asyncDispose]();
  assert.deepEqual(await running, { kind: 'stopped' });
});

test('disposal at the very moment at which the runtime is ready still ends the invocation as stopped', async () => {
  let starts = 0;
  let disposed: Promise<void> | undefined;
  await using opened = await TestEnvironment.start((runtime) => {
    starts += 1;
    return starts === 1 ? crash(runtime) : echo(runtime);
  });
  await opened.reaches('failed');
  const running = opened.run('a');
  await opened.reaches('initialising');
  opened.environment.booted.then(
    () => {
      disposed = opened.environment[Symbol.asyncDispose]();
    },
    () => {},
  );
  assert.equal((await running).kind, 'stopped');
  await disposed;
});

test('an environment whose process cannot be removed gives its port back all the same', async () => {
  const opened = await TestEnvironment.start(echo);
  await opened.reaches('ready');
  const { process } = opened;
  process[Symbol.asyncDispose] = () => Promise.reject(new Error('the folder is busy'));
  await assert.rejects(opened.environment[Symbol.asyncDispose](), { message: 'the folder is busy' });
  assert.equal(opened.environment.state, 'stopped');
  assert.equal(await refuses(process.spec.runtimeApi), true);
});

test('what a process still sends while its environment is being removed is refused', async () => {
  const statuses: number[] = [];
  const released = Promise.withResolvers<void>();
  await using opened = await TestEnvironment.start(async ({ api }) => {
    const { requestId } = await api.next();
    await released.promise;
    await api.respond(requestId, '"late"').then(
      ({ status }) => statuses.push(status),
      () => statuses.push(0),
    );
  });
  await opened.reaches('ready');
  const running = opened.run('a');
  await eventually(() => opened.environment.state === 'busy', 'it runs');
  const disposal = opened.environment[Symbol.asyncDispose]();
  released.resolve();
  await disposal;
  assert.deepEqual(await running, { kind: 'stopped' });
  assert.ok(statuses.every((status) => status !== 202));
});
