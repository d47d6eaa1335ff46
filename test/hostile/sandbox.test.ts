/** Functions that look for what is not theirs: other processes, the daemon's secrets, files of this machine. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { systemRandom } from '../../src/kernel/random.ts';
import type { TestFunction } from '../kit/test-function.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

/** Something that only the daemon's process knows. */
const secret = `daemon-secret-${systemRandom.hex(8)}`;

suite('a function in the sandbox', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    process.env['HOSTILE_TEST_SECRET'] = secret;
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const sandboxed = (): boolean => attacked.daemon.isolation.startsWith('bubblewrap');

  /** A function that evaluates what it is sent. */
  const evaluating = (options: object = {}): Promise<TestFunction> =>
    attacked.daemon.function({
      Timeout: 10,
      ...options,
      code: {
        'index.js': `
          const fs = require('node:fs');
          const { execFileSync } = require('node:child_process');
          const attempt = (act) => { try { return act(); } catch (error) { return error.code ?? String(error); } };
          const sh = (script) => attempt(() => execFileSync('/bin/sh', ['-c', script + ' 2>&1; true'], { encoding: 'utf8', env: { PATH: process.env.PATH } }));
          exports.handler = async ({ script }) => eval(script);`,
      },
    });

  test('sees no process but its own, and no variable of the daemon', async (t) => {
    if (!sandboxed()) return t.skip('there is no sandbox here');
    const fn = await evaluating();
    const { payload } = await fn.invoke({
      script: `(() => {
        const pids = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name));
        return { pids: pids.length, environ: pids.map((pid) => attempt(() => fs.readFileSync('/proc/' + pid + '/environ', 'latin1'))).join(),
          command: pids.map((pid) => attempt(() => fs.readFileSync('/proc/' + pid + '/cmdline', 'latin1'))).join(), own: JSON.stringify(process.env) };
      })()`,
    });
    const { pids, environ, command, own } = payload as Record<string, string>;
    assert.ok(Number(pids) < 6, pids);
    for (const text of [environ, command, own]) {
      assert.doesNotMatch(text ?? '', new RegExp(`${secret}|${attacked.daemon.dataDirectory}|HOME=|"HOME"`));
    }
    await attacked.stillServes();
  });

  test("cannot read the home directory, the daemon's folder or the machine's secrets", async (t) => {
    if (!sandboxed()) return t.skip('there is no sandbox here');
    const fn = await evaluating();
    const places = [
      process.env['HOME'] ?? '/root',
      attacked.daemon.dataDirectory,
      process.cwd(),
      '/etc/shadow',
      '/root',
      '/home',
      '/proc/1/root/root',
      '/proc/kcore',
      '/dev/sda',
      '/dev/vda',
      '/dev/mem',
      '/run',
      '/mnt',
      '/srv',
      '/var/lib',
      '/var/log',
      '/sys',
    ];
    const script = `${JSON.stringify(places)}.map((place) => [place, attempt(() => fs.readdirSync(place).length), attempt(() => fs.readFileSync(place).length)])`;
    for (const [place, listed, read] of (await fn.invoke({ script })).payload as [string, unknown, unknown][]) {
      assert.ok(typeof listed === 'string' && typeof read === 'string', `${place}: ${JSON.stringify([listed, read])}`);
    }
  });

  test('cannot change its code, its runtime, the system or its own root', async (t) => {
    if (!sandboxed()) return t.skip('there is no sandbox here');
    const fn = await evaluating();
    const { payload } = await fn.invoke({
      script: `({
        write: ['/var/task/x', '/var/task/index.js', '/var/runtime/x', '/var/runtime/bootstrap.cjs', '/x', '/usr/x', '/etc/hosts', '/opt/x', '/bin/x', '/var/lang/bin/node', '/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/sys/x']
          .map((file) => [file, attempt(() => fs.writeFileSync(file, 'x'))]),
        remove: ['/var/task/index.js', '/var/runtime/bootstrap.cjs', '/etc/passwd'].map((file) => [file, attempt(() => fs.unlinkSync(file))]),
        folders: ['/var/task', '/tmp', '/opt'].map((folder) => [folder, attempt(() => fs.rmdirSync(folder))]),
        chmod: attempt(() => fs.chmodSync('/var/task/index.js', 0o777)),
        shell: ['mount -t tmpfs none /var/task', 'mount -o remount,rw /', 'umount /var/task', 'mknod /tmp/disk b 8 0', 'chroot / true', 'hostname evil', 'unshare -r -m mount -t tmpfs none /var/task && ls /var/task', 'kill -9 1 || echo no'].map((command) => [command, sh(command)]),
        root: [process.getuid(), attempt(() => process.setuid(0))],
      })`,
    });
    const { write, remove, folders, chmod, shell, root } = payload as Record<string, [string, unknown][]>;
    for (const [file, result] of [...(write ?? []), ...(remove ?? []), ...(folders ?? [])]) {
      assert.match(String(result), /^(EROFS|EACCES|EPERM|EBUSY|ENOENT|ENOTDIR)$/, file);
    }
    assert.match(String(chmod), /^(EROFS|EPERM)$/);
    for (const [command, output] of shell ?? []) {
      assert.match(
        String(output),
        /denied|permitted|read-only|must be|superuser|not found|^no$|^$|failed|^kill/im,
        command,
      );
    }
    assert.notEqual(root?.[0], 0);
    assert.deepEqual((await fn.invoke({ script: 'fs.readdirSync("/var/task")' })).payload, ['index.js']);
    await attacked.stillServes();
  });

  test('what lies in its /tmp, however locked and however odd, goes with its environment', async () => {
    const fn = await evaluating();
    const { payload } = await fn.invoke({
      script: `[sh("cd /tmp && mkdir -p a/b/c && touch a/b/c/f && chmod 000 a/b/c a/b a && mkfifo pipe && ln -s / root && ln -s loop loop && touch -- '-rf' \\"$(printf 'a\\\\nb')\\""),
        attempt(() => { let path = '/tmp'; process.chdir(path); for (let i = 0; i < 300; i += 1) { fs.mkdirSync('d'.repeat(200)); process.chdir('d'.repeat(200)); } }), process.chdir('/var/task')][0]`,
    });
    assert.equal(payload, '');
    await attacked.stillServes();
  });

  test('variables hold whatever text they are given, and cannot set what the sandbox is', async () => {
    const Variables = {
      LINES: 'a\nb\r\nc',
      QUOTES: `'"\`$(id)\\`,
      FLAGS: '--bind / /',
      EMOJI: '💣',
      NODE_OPTIONS: '--title=mine',
      LD_PRELOAD: '/var/task/none.so',
      PATH: '/nowhere',
      NUL: 'a\0--bind\0/\0/mine',
    };
    const fn = await evaluating({ Environment: { Variables } });
    const { payload, functionError } = await fn.invoke({ script: '[process.env, fs.existsSync("/mine")]' });
    const [seen, mine] = payload as [Record<string, string>, boolean];
    assert.equal(functionError, undefined);
    assert.equal(mine, false);
    for (const name of ['LINES', 'QUOTES', 'FLAGS', 'EMOJI'] as const) assert.equal(seen[name], Variables[name]);
    await attacked.stillServes();
  });

  test('cannot reach the Runtime API of its own environment to answer for another invocation', async () => {
    const fn = await evaluating();
    const script = `Promise.all(['next', '8476a536-e9f4-11e8-9739-2dfe598c3fcd/response'].map(async (path) => {
      const response = await fetch('http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/' + path, { method: path === 'next' ? 'GET' : 'POST' });
      return response.status;
    }))`;
    assert.deepEqual((await fn.invoke({ script })).payload, [403, 400]);
    await attacked.stillServes();
  });
});
