import assert from 'node:assert/strict';
import { request } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo, type FakeRuntime, type RuntimeScript } from '../../test/kit/fake-executor.ts';
import { TestEnvironment } from '../../test/kit/test-environment.ts';
import { milliseconds } from '../kernel/quantity.ts';

interface Reply {
  readonly status: number;
  readonly id: string;
  readonly body: Record<string, unknown>;
}

/** The requests of an extension inside the runtime's process; one that waits ends with the environment. */
function ask(address: string, method: string, path: string, id: string, body = '', name = 'internal'): Promise<Reply> {
  const headers = { 'Lambda-Extension-Name': name, ...(id !== '' && { 'Lambda-Extension-Identifier': id }) };
  return new Promise((resolve, reject) => {
    const sent = request(`http://${address}${path}`, { method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => {
        const given = response.headers['lambda-extension-identifier'];
        const document = JSON.parse(text) as unknown;
        resolve({
          status: response.statusCode ?? 0,
          id: typeof given === 'string' ? given : '',
          body: typeof document === 'object' ? (document as Record<string, unknown>) : { text: document },
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const register = (runtime: FakeRuntime, body = '{"events":["INVOKE"]}', name = 'internal'): Promise<Reply> =>
  ask(runtime.environment.spec.runtimeApi, 'POST', '/2020-01-01/extension/register', '', body, name);
const next = (runtime: FakeRuntime, id: string): Promise<Reply> =>
  ask(runtime.environment.spec.runtimeApi, 'GET', '/2020-01-01/extension/event/next', id);

test('an internal extension: the environment is free when it has asked again, the caller is answered before', async () => {
  const asked: ((reply: Reply) => void)[] = [];
  await using opened = await TestEnvironment.start(async (runtime) => {
    const { id } = await register(runtime);
    void next(runtime, id).then((reply) =>
      asked.push(
        () => void next(runtime, id).catch(() => {}),
        () => reply,
      ),
    );
    await echo(runtime);
  });
  await opened.reaches('ready');
  assert.ok(opened.sink.lines.includes('EXTENSION\tName: internal\tState: Ready\tEvents: [INVOKE]'));
  assert.equal((await opened.run('a')).kind, 'response');
  assert.equal(opened.environment.state, 'busy');
  const { resting } = opened.environment;
  assert.ok(resting !== undefined);
  await eventually(() => asked.length > 0, 'the extension has heard of it');
  opened.clock.advance(milliseconds(700));
  asked[0]?.({ status: 0, id: '', body: {} });
  assert.deepEqual(await resting, { kind: 'done', after: 700 });
  assert.equal(opened.environment.state, 'ready');
  assert.equal(opened.environment.resting, undefined);
  const end = opened.environment[Symbol.asyncDispose]();
  await eventually(() => opened.process.calls.includes('terminate'), 'the runtime is asked to stop');
  opened.clock.advance(milliseconds(499));
  assert.equal(opened.process.disposed, false);
  opened.clock.advance(milliseconds(1));
  await end;
});

test('an extension that hangs after the answer is ended with the time-out, and the next run has new processes', async () => {
  let started = 0;
  const script: RuntimeScript = async (runtime) => {
    started += 1;
    if (started === 1) {
      const { id } = await register(runtime);
      void next(runtime, id).catch(() => {});
    }
    await echo(runtime);
  };
  await using opened = await TestEnvironment.start(script);
  await opened.reaches('ready');
  assert.equal((await opened.run('a')).kind, 'response');
  const { resting } = opened.environment;
  opened.clock.advance(TestEnvironment.timeout);
  assert.equal((await resting)?.kind, 'timed-out');
  await eventually(() => opened.process.calls.includes('terminate'), 'the runtime is asked to stop');
  opened.clock.advance(milliseconds(500));
  assert.equal((await opened.run('b')).kind, 'response');
  assert.equal(started, 2);
});

test('requests that are wrong are refused as AWS refuses them', async () => {
  const replies: Reply[] = [];
  await using opened = await TestEnvironment.start(async (runtime) => {
    const address = runtime.environment.spec.runtimeApi;
    const post = (path: string, id: string): Promise<Reply> =>
      ask(address, 'POST', `/2020-01-01/extension/${path}`, id);
    replies.push(await register(runtime, 'no JSON'));
    replies.push(await register(runtime, '{"events":["SLEEP"]}'));
    replies.push(await register(runtime, '{"events":["SHUTDOWN"]}'));
    replies.push(await register(runtime, '', ' '));
    replies.push(await next(runtime, ''));
    replies.push(await next(runtime, 'x'));
    replies.push(await next(runtime, '01234567-89ab-cdef-0123-456789abcdef'));
    const { id } = await register(runtime, '{}');
    replies.push(await register(runtime));
    replies.push(await post('init/error', id));
    void next(runtime, id).catch(() => {});
    const asked = runtime.api.next();
    asked.catch(() => {});
    await eventually(() => opened.environment.state === 'ready', 'it is ready');
    replies.push(await register(runtime, '{}', 'late'));
    const body = JSON.stringify({
      schemaVersion: '2022-07-01',
      types: ['platform'],
      destination: { protocol: 'HTTP', URI: 'http://sandbox.localdomain:1' },
    });
    replies.push(await ask(address, 'PUT', '/2022-07-01/telemetry', id, body));
    replies.push(await ask(address, 'PUT', '/2020-08-15/logs', id, body.replace('2022-07-01', '2020-08-15')));
    await asked;
  });
  await eventually(() => replies.length === 12, 'all is answered');
  assert.deepEqual(
    replies.map(({ status, body }) => `${status} ${String(body['errorType'])}`),
    [
      '400 InvalidRequestFormat',
      '403 Extension.InvalidEventType',
      '403 ShutdownEventNotSupportedForInternalExtension',
      '403 Extension.InvalidExtensionName',
      '403 Extension.MissingExtensionIdentifier',
      '403 Extension.InvalidExtensionIdentifier',
      '403 Extension.UnknownExtensionIdentifier',
      '403 Extension.AlreadyRegistered',
      '403 Extension.MissingHeader',
      '403 Extension.RegistrationClosed',
      '403 Telemetry.SubscriptionClosed',
      '403 Logs.SubscriptionClosed',
    ],
  );
  const end = opened.environment[Symbol.asyncDispose]();
  await eventually(() => opened.process.calls.includes('terminate'), 'the runtime is asked to stop');
  opened.clock.advance(milliseconds(500));
  await end;
});

test('a TCP subscriber gets a line of JSON for each event', async () => {
  let text = '';
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  {
    await using opened = await TestEnvironment.start(async (runtime) => {
      const { id } = await register(runtime, '{}');
      const destination = { protocol: 'TCP', URI: `tcp://sandbox.localdomain:${port}` };
      const body = JSON.stringify({ schemaVersion: '2022-07-01', types: ['function'], destination });
      await ask(runtime.environment.spec.runtimeApi, 'PUT', '/2022-07-01/telemetry', id, body);
      runtime.print('one\ntwo\n');
      void next(runtime, id).catch(() => {});
      await echo(runtime);
    });
    await opened.reaches('ready');
    opened.clock.advance(milliseconds(1000));
    await eventually(() => text.split('\n').length === 3, 'both lines have come');
    const end = opened.environment[Symbol.asyncDispose]();
    await eventually(() => opened.process.calls.includes('terminate'), 'the runtime is asked to stop');
    opened.clock.advance(milliseconds(500));
    await end;
  }
  assert.deepEqual(
    text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { record: string }).record),
    ['one', 'two'],
  );
  for (const socket of sockets) socket.destroy();
  server.close();
});
