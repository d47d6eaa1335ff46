/** Runtimes that break the rules of the Runtime API. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { AttackedDaemon } from './attacked-daemon.ts';
import { rawRuntime } from './raw-runtime.ts';

suite('hostile runtimes', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  test('the second answer to an event is refused, and so is one to an event of somebody else', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
seen = []
while True:
    id, event = next_event()
    stranger = answer('8476a536-e9f4-11e8-9739-2dfe598c3fcd', 'stranger')
    nobody = [post(path) for path in ('/invocation//response', '/invocation/../response', f'/invocation/{id}x/error', f'/invocation/{id}/nothing', '/nothing')]
    first = answer(id, seen)
    seen = [stranger, nobody, first, answer(id, 'second'), post(f'/invocation/{id}/error')]
`),
    );
    assert.deepEqual((await fn.invoke()).payload, []);
    assert.deepEqual((await fn.invoke()).payload, [400, [400, 400, 400, 404, 404], 202, 400, 400]);
    await attacked.stillServes();
  });

  test('an answer before any event, and an init error after one, are refused', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
early = answer('8476a536-e9f4-11e8-9739-2dfe598c3fcd', 'early')
id, event = next_event()
late = post('/init/error')
answer(id, [early, late])
next_event()
`),
    );
    assert.deepEqual((await fn.invoke()).payload, [400, 403]);
    await attacked.stillServes();
  });

  test('a runtime that asks for two events at once gets one, and the other question is refused or waits', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
while True:
    id, event = next_event()
    status, _, _ = call('GET', '/invocation/next')
    answer(id, status)
`),
    );
    assert.equal((await fn.invoke()).payload, 403);
    assert.equal((await fn.invoke()).payload, 403);
    await attacked.stillServes();
  });

  test('of two questions that wait, one is answered and the event is not lost', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
def serve():
    while True:
        id, event = next_event()
        if id: answer(id, event)
[threading.Thread(target=serve).start() for _ in range(2)]
`),
    );
    for (let i = 0; i < 5; i += 1) assert.equal((await fn.invoke(i)).payload, i);
    await attacked.stillServes();
  });

  test('a runtime that never asks for an event times out, each time', async () => {
    // The init phase has a limit of its own at first; then it counts as part of the invocation.
    await using impatient = await AttackedDaemon.start({ LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT: '2' });
    const fn = await impatient.daemon.function(rawRuntime('time.sleep(1000)', { Timeout: 1 }));
    for (let i = 0; i < 2; i += 1) {
      const { functionError, payload } = await fn.invoke();
      assert.equal(functionError, 'Unhandled');
      assert.equal((payload as Record<string, unknown>)['errorType'], 'Sandbox.Timedout');
    }
    await impatient.stillServes();
  });

  test('a runtime that takes an event and asks no more times out at the next one, and is started anew', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(
        `
id, event = next_event()
answer(id, os.getpid())
time.sleep(1000)
`,
        { Timeout: 1 },
      ),
    );
    assert.equal(typeof (await fn.invoke()).payload, 'number');
    assert.equal((await fn.invoke()).functionError, 'Unhandled');
    assert.equal(typeof (await fn.invoke()).payload, 'number');
    await attacked.stillServes();
  });

  const halves: Readonly<Record<string, string>> = {
    'sends half of an answer and dies': `
s = connection()
s.sendall(f'POST {BASE}/invocation/{id}/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 100\\r\\n\\r\\n"half'.encode())
os._exit(3)`,
    'sends half of a head and dies': `
s = connection()
s.sendall(f'POST {BASE}/invocation/{id}/resp'.encode())
os._exit(3)`,
    'sends chunks without an end and is killed': `
s = connection()
s.sendall(f'POST {BASE}/invocation/{id}/response HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\n"half\\r\\n'.encode())
os.kill(os.getpid(), 9)`,
    'sends garbage in place of HTTP and exits with success': `
s = connection()
s.sendall(b'\\x00\\xff' * 50000)
os._exit(0)`,
  };
  for (const [what, script] of Object.entries(halves)) {
    test(`a runtime that ${what} has exited`, async () => {
      const fn = await attacked.daemon.function(rawRuntime(`id, event = next_event()${script}`));
      for (let i = 0; i < 2; i += 1) {
        const { functionError, payload } = await fn.invoke();
        assert.equal(functionError, 'Unhandled');
        assert.equal((payload as Record<string, unknown>)['errorType'], 'Runtime.ExitError', JSON.stringify(payload));
      }
      await attacked.stillServes();
    });
  }

  test('a length that promises more than comes times out, one that promises less answers with what it promised', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(
        `
while True:
    id, event = next_event()
    s = connection()
    s.sendall(f'POST {BASE}/invocation/{id}/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: {event}\\r\\n\\r\\n"answer"and more'.encode())
    if event == 8: s.recv(1000)
    else: time.sleep(1000)
`,
        { Timeout: 1 },
      ),
    );
    assert.equal((await fn.invoke(8)).payload, 'answer');
    const { payload } = await fn.invoke(1_000_000);
    assert.equal((payload as Record<string, unknown>)['errorType'], 'Sandbox.Timedout');
    assert.equal((await fn.invoke(8)).payload, 'answer');
    await attacked.stillServes();
  });

  test('hundreds of connections at once are one environment and end with it', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
kept = [connection() for _ in range(500)]
[s.sendall(b'GET /2018-06-01/runtime/') for s in kept[:250]]
while True:
    id, event = next_event()
    answer(id, len(kept))
`),
    );
    assert.equal((await fn.invoke()).payload, 500);
    await attacked.stillServes();
  });

  test('headers of an error that are not as they should be do no harm', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
while True:
    id, event = next_event()
    post(f'/invocation/{id}/error', event, {'Lambda-Runtime-Function-Error-Type': 'x' * 10000, 'Content-Type': 'text/html', 'Lambda-Runtime-Function-XRay-Error-Cause': '{' * 5000})
`),
    );
    for (const body of ['', 'not JSON', '<html>', '[', '{"errorType":1}', '\u0000']) {
      assert.equal((await rawPayload(fn.name, JSON.stringify(body))).functionError, 'Unhandled');
    }
    await attacked.stillServes();
  });

  /** The answer need not be JSON here. */
  const rawPayload = async (name: string, body: string) => {
    const path = `/2015-03-31/functions/${name}/invocations`;
    const response = await attacked.daemon.fetch(path, { method: 'POST', body });
    await response.arrayBuffer();
    return { functionError: response.headers.get('x-amz-function-error') };
  };

  test('an answer that is no JSON reaches the caller as it is', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime(`
while True:
    id, event = next_event()
    post(f'/invocation/{id}/response', b'\\x00\\xff\\xfe not json')
`),
    );
    const response = await attacked.daemon.fetch(`/2015-03-31/functions/${fn.name}/invocations`, { method: 'POST' });
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from('00fffe206e6f74206a736f6e', 'hex'));
    await attacked.stillServes();
  });
});
