/** Daemons that cannot start, are told to stop, or are killed. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { startedWith } from '../../src/executors/host/process-tree.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { controlGroups } from '../kit/left-behind.ts';
import { RawConnection } from '../kit/raw-connection.ts';
import { TestFunction } from '../kit/test-function.ts';
import { DaemonProcess } from './daemon-process.ts';

const sleeper = `
  const { spawn } = require('node:child_process');
  spawn('setsid', ['sleep', '1000'], { detached: true, stdio: 'ignore' }).unref();
  // A folder that is hard to remove: its path is longer than any may be, and it is locked.
  const fs = require('node:fs');
  process.chdir(process.env.TMPDIR ?? '/tmp');
  if (fs.readdirSync('.').length === 0) for (let i = 0; i < 40; i += 1) { fs.mkdirSync('d'.repeat(200)); process.chdir('d'.repeat(200)); }
  process.chdir(process.env.LAMBDA_TASK_ROOT);
  fs.chmodSync((process.env.TMPDIR ?? '/tmp') + '/' + 'd'.repeat(200), 0);
  exports.handler = async ({ tell }) => { if (tell) { await fetch(tell); await new Promise(() => setInterval(() => {}, 1000)); } return 'ran'; };`;

suite('the end of a daemon', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lambdad-hostile-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const runs = async (data: string): Promise<readonly string[]> => readdir(join(data, 'run')).catch(() => []);

  test('a port that is taken ends the start with a sentence that names it, and nothing is left', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const data = join(folder, 'taken');
    await using daemon = await DaemonProcess.start({ GATEWAY_LISTEN: `127.0.0.1:${port}`, LAMBDAD_DATA_DIR: data });
    const { code } = await daemon.exited;
    assert.notEqual(code, 0);
    assert.match(daemon.complaints, new RegExp(`127\\.0\\.0\\.1:${port} is taken`));
    assert.doesNotMatch(daemon.complaints, /^\s+at /m);
    assert.deepEqual(await runs(data), []);
    assert.deepEqual(await controlGroups(daemon.id), []);
    await new Promise((resolve) => server.close(resolve));
  });

  const invalid: readonly (readonly [string, string])[] = [
    ['GATEWAY_LISTEN', '127.0.0.1:99999'],
    ['GATEWAY_LISTEN', 'http://nonsense/'],
    ['LAMBDA_KEEPALIVE_MS', 'soon'],
    ['LAMBDA_KEEPALIVE_MS', '-1'],
    ['LAMBDA_LIMITS_CONCURRENT_EXECUTIONS', '1e3'],
    ['LAMBDAD_SANDBOX', 'maybe'],
    ['LAMBDAD_DATA_DIR', 'relative/path'],
    ['LAMBDA_RUNTIME_EXECUTOR', 'vm'],
    ['EXTRA_CORS_ALLOWED_ORIGINS', 'not an origin'],
  ];
  for (const [name, value] of invalid) {
    test(`${name}=${value} stops the start with a message that names both`, async () => {
      await using daemon = await DaemonProcess.start({ LAMBDAD_DATA_DIR: join(folder, 'invalid'), [name]: value });
      const { code } = await daemon.exited;
      assert.notEqual(code, 0);
      assert.ok(daemon.complaints.includes(name) && daemon.complaints.includes(value), daemon.complaints);
      assert.doesNotMatch(daemon.complaints, /^\s+at /m);
    });
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    test(`${signal} in the middle of an invocation answers it and leaves nothing`, async () => {
      const data = join(folder, signal);
      await using daemon = await DaemonProcess.start({ LAMBDAD_DATA_DIR: data });
      const mark = `HOSTILE_${systemRandom.hex(12)}`;
      const { answer } = await hanging(daemon, mark);
      daemon.signal(signal);
      assert.match(await answer, /^HTTP\/1\.1 (5\d\d|429) /);
      const { code } = await daemon.exited;
      assert.equal(code === 0 || signal !== 'SIGTERM', true, daemon.complaints);
      assert.deepEqual(startedWith(mark), []);
      assert.deepEqual(await runs(data), []);
      assert.deepEqual(await controlGroups(daemon.id), []);
    });
  }

  for (const sandbox of ['auto', 'off'] as const) {
    test(`after SIGKILL the next start removes what was left (sandbox ${sandbox})`, async () => {
      const settings = { LAMBDAD_DATA_DIR: join(folder, `killed-${sandbox}`), LAMBDAD_SANDBOX: sandbox };
      const mark = `HOSTILE_${systemRandom.hex(12)}`;
      let killed: number;
      {
        await using daemon = await DaemonProcess.start(settings);
        killed = daemon.id;
        const { answer } = await hanging(daemon, mark);
        assert.notDeepEqual(startedWith(mark), []);
        daemon.signal('SIGKILL');
        assert.equal(await answer, '');
      }
      if (sandbox === 'auto') while (startedWith(mark).length > 0) await new Promise(setImmediate);
      await using next = await DaemonProcess.start(settings);
      const fn = await TestFunction.create(next.client(), { code: { 'index.js': sleeper } });
      assert.equal((await fn.invoke()).payload, 'ran');
      next.signal('SIGTERM');
      await next.exited;
      assert.deepEqual(startedWith(mark), []);
      assert.deepEqual(await runs(settings.LAMBDAD_DATA_DIR), []);
      assert.deepEqual(await controlGroups(killed), []);
    });
  }
});

/** An invocation that runs already and will not end by itself. */
async function hanging(daemon: DaemonProcess, mark: string): Promise<{ readonly answer: Promise<string> }> {
  const fn = await TestFunction.create(daemon.client(), {
    Timeout: 100,
    Environment: { Variables: { [mark]: 'yes' } },
    code: { 'index.js': sleeper },
  });
  const told = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    response.end();
    told.resolve();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const body = JSON.stringify({ tell: `http://127.0.0.1:${port}` });
  const head = `POST /2015-03-31/functions/${fn.name}/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}`;
  const answer = RawConnection.exchange(daemon.port, `${head}\r\n\r\n${body}`);
  await told.promise;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { answer };
}
