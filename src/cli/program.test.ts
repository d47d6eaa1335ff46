import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeringDaemon } from './answering-daemon.fixture.ts';
import { runProgram } from './program.ts';
import { recordedContext } from './recorded-context.fixture.ts';

for (const command of ['start', 'status', 'config', 'doctor', 'invoke', 'ps', 'logs']) {
  test(`lambdad ${command} --help shows usage and an example, without colours in a pipe`, async () => {
    const context = recordedContext();
    assert.equal(await runProgram([command, '--help'], context), 0);
    assert.match(context.written.stdout, new RegExp(`^Usage: lambdad ${command}`));
    assert.match(context.written.stdout, /Examples?:\n {2}\$ .*lambdad/);
    assert.ok(!context.written.stdout.includes('\x1b'));
  });
}

test('colours appear on a terminal, but not when NO_COLOR is set', async () => {
  for (const [environment, coloured] of [
    [{}, true],
    [{ NO_COLOR: '1' }, false],
    [{ TERM: 'dumb' }, false],
  ] as const) {
    let text = '';
    const stdout = { isTTY: true, write: (part: string | Uint8Array) => (text += String(part)) };
    await runProgram(['config'], recordedContext(environment, { stdout }));
    assert.equal(text.includes('\x1b['), coloured);
  }
});

test('a wrong command line ends with exit code 2', async () => {
  for (const args of [[], ['unknown'], ['start', '--unknown'], ['invoke'], ['logs', '--since', 'x']]) {
    const context = recordedContext();
    assert.equal(await runProgram(args, context), 2, args.join(' '));
    assert.notEqual(context.written.stderr, '');
  }
});

test('an invalid setting ends with exit code 2 and one line that names it', async () => {
  for (const args of [['start'], ['config'], ['doctor']]) {
    const context = recordedContext({ LAMBDAD_FREEZE: 'maybe' });
    assert.equal(await runProgram(args, context), 2);
    assert.equal(
      context.written.stderr,
      'lambdad: LAMBDAD_FREEZE="maybe" is not valid; allowed: 1 or 0 (true or false)\n',
    );
  }
});

test('config --json tells each value and where it comes from', async () => {
  const context = recordedContext({ LOCALSTACK_LAMBDA_KEEPALIVE_MS: '7', LAMBDA_EXECUTOR: 'local' });
  assert.equal(await runProgram(['config', '--json'], context), 0);
  const { settings, notices } = JSON.parse(context.written.stdout);
  const keepAlive = settings.find((setting: { name: string }) => setting.name === 'LAMBDA_KEEPALIVE_MS');
  assert.deepEqual([keepAlive.value, keepAlive.setBy], ['7', 'LOCALSTACK_LAMBDA_KEEPALIVE_MS']);
  assert.match(notices[0], /^LAMBDA_EXECUTOR is discontinued/);
});

test('doctor --json gives every finding a status, and an occupied port fails', async () => {
  await using other = await answeringDaemon(() => ({ status: 404 }));
  const listen = other.url.slice('http://'.length);
  const context = recordedContext({ GATEWAY_LISTEN: listen });
  assert.equal(await runProgram(['doctor', '--json'], context), 1);
  const findings: { name: string; status: string; detail: string }[] = JSON.parse(context.written.stdout);
  const statusOf = (name: string) => findings.find((finding) => finding.name === name)?.status;
  assert.equal(statusOf('Node.js'), 'ok');
  assert.equal(statusOf('gateway'), 'fail');
  assert.ok(findings.every((finding) => ['ok', 'warn', 'fail'].includes(finding.status)));
});
