import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { type AnsweringDaemon, answeringDaemon, type GivenAnswer } from './answering-daemon.fixture.ts';
import type { CliContext } from './cli-context.ts';
import { runProgram } from './program.ts';
import { recordedContext } from './recorded-context.fixture.ts';

async function run(daemon: AnsweringDaemon, args: readonly string[], changed: Partial<CliContext> = {}) {
  const context = recordedContext({ AWS_ENDPOINT_URL: daemon.url }, changed);
  const exitCode = await runProgram(args, context);
  return { exitCode, ...context.written };
}

const status = {
  version: '1.2.3',
  uptimeSeconds: 3725,
  isolation: 'bubblewrap',
  executor: 'host',
  memoryBytes: 52_428_800,
  addresses: [{ host: '127.0.0.1', port: 4566 }],
  functions: 1,
  environments: [{ function: 'hello', version: '$LATEST', state: 'ready', idleSeconds: 61, invocations: 4 }],
};

test('status shows the daemon and its environments', async () => {
  await using daemon = await answeringDaemon(() => ({ body: status }));
  const { exitCode, stdout } = await run(daemon, ['status']);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^lambdad 1\.2\.3 at http/);
  assert.match(stdout, /running for +1 h 2 min\n/);
  assert.match(stdout, /hello +\$LATEST +ready +1 min 1 s +4\n$/);
  assert.equal(daemon.requests[0]?.url, '/_lambdad/status');
});

test('status --json prints what the daemon answered', async () => {
  await using daemon = await answeringDaemon(() => ({ body: status }));
  assert.deepEqual(JSON.parse((await run(daemon, ['status', '--json'])).stdout), status);
});

test('a daemon that is not there is said in one sentence', async () => {
  const daemon = await answeringDaemon(() => ({}));
  await daemon[Symbol.asyncDispose]();
  const { exitCode, stderr } = await run(daemon, ['status']);
  assert.equal(exitCode, 1);
  assert.match(stderr, /^lambdad: no daemon answers at http:\/\/127\.0\.0\.1:\d+: start one with "lambdad start".*\n$/);
});

test('another server at the endpoint is not taken for a daemon', async () => {
  for (const answer of [{ status: 404, body: '<html>' }, { body: '<html>' }]) {
    await using daemon = await answeringDaemon(() => answer);
    const { exitCode, stderr } = await run(daemon, ['status']);
    assert.equal(exitCode, 1);
    assert.match(stderr, /is not a lambdad daemon/);
  }
});

const succeeded: GivenAnswer = {
  headers: { 'x-amz-executed-version': '$LATEST', 'x-amzn-requestid': 'r-1', 'x-amz-log-result': btoa('START\nEND\n') },
  body: '{"ok":true}',
};

test('invoke sends payload, region, qualifier and client context, and prints the answer', async () => {
  await using daemon = await answeringDaemon(() => succeeded);
  const args = ['invoke', 'arn:x:fn', '{"a":1}', '--region', 'eu-west-1', '--qualifier', '2', '--tail'];
  const { exitCode, stdout, stderr } = await run(daemon, [...args, '--client-context', '{"custom":{}}']);
  assert.deepEqual({ exitCode, stdout, stderr }, { exitCode: 0, stdout: '{"ok":true}\n', stderr: 'START\nEND\n' });
  const request = daemon.requests[0];
  assert.equal(request?.method, 'POST');
  assert.equal(request?.url, '/2015-03-31/functions/arn%3Ax%3Afn/invocations?Qualifier=2');
  assert.equal(request?.body, '{"a":1}');
  assert.match(
    request?.headers.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/eu-west-1\/lambda\/aws4_request, /,
  );
  assert.equal(request?.headers['x-amz-log-type'], 'Tail');
  assert.equal(request?.headers['x-amz-client-context'], btoa('{"custom":{}}'));
});

test('invoke without a payload sends an empty object, and "-" sends standard input', async () => {
  await using daemon = await answeringDaemon(() => succeeded);
  await run(daemon, ['invoke', 'fn']);
  const stdin = (async function* () {
    yield '{"from":';
    yield Buffer.from('"stdin"}');
  })();
  await run(daemon, ['invoke', 'fn', '-'], { stdin });
  assert.deepEqual(
    daemon.requests.map((request) => request.body),
    ['{}', '{"from":"stdin"}'],
  );
});

test('invoke reads @file, and says when it cannot', async () => {
  await using daemon = await answeringDaemon(() => succeeded);
  const file = new URL('../../package.json', import.meta.url).pathname;
  assert.equal((await run(daemon, ['invoke', 'fn', `@${file}`])).exitCode, 0);
  assert.match(daemon.requests[0]?.body ?? '', /"name": "lambdad"/);
  const { exitCode, stderr } = await run(daemon, ['invoke', 'fn', '--file', '/nowhere/event.json']);
  assert.equal(exitCode, 1);
  assert.match(stderr, /^lambdad: the payload file \/nowhere\/event\.json cannot be read/);
});

const failures: readonly (readonly [string, unknown, string])[] = [
  [
    'Node.js',
    { errorType: 'Error', errorMessage: 'no', trace: ['Error: no', '    at handler'] },
    'Error: no\n    at handler\n',
  ],
  [
    'Python',
    { errorType: 'KeyError', errorMessage: "'a'", stackTrace: ['  File "x"\n'] },
    'KeyError: \'a\'\n  File "x"\n',
  ],
  ['any other form', 'plain text', 'plain text\n'],
];

for (const [form, body, expected] of failures) {
  test(`a function error in the form of ${form} goes to stderr, and the exit code is 1`, async () => {
    await using daemon = await answeringDaemon(() => ({ headers: { 'x-amz-function-error': 'Unhandled' }, body }));
    const { exitCode, stdout, stderr } = await run(daemon, ['invoke', 'fn']);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 1, stdout: '' });
    assert.equal(stderr, `the function failed (Unhandled)\n${expected}`);
  });
}

test('an error of the API is shown with its name', async () => {
  const answer = {
    status: 404,
    headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
    body: { Message: 'Function not found' },
  };
  await using daemon = await answeringDaemon(() => answer);
  const { exitCode, stderr } = await run(daemon, ['invoke', 'fn']);
  assert.deepEqual(
    { exitCode, stderr },
    { exitCode: 1, stderr: 'lambdad: ResourceNotFoundException: Function not found\n' },
  );
});

test('invoke --json prints everything as one object', async () => {
  await using daemon = await answeringDaemon(() => succeeded);
  const { stdout } = await run(daemon, ['invoke', 'fn', '--json', '--tail']);
  assert.deepEqual(JSON.parse(stdout), {
    statusCode: 200,
    requestId: 'r-1',
    executedVersion: '$LATEST',
    payload: { ok: true },
    log: 'START\nEND\n',
  });
});

const event = { timestamp: 1_767_225_600_000, logGroup: '/aws/lambda/hello', logStream: 's', message: 'hi there\n' };

test('logs prints time, function and message, and asks only for what was asked', async () => {
  await using daemon = await answeringDaemon(() => ({ body: { events: [event] } }));
  const { stdout } = await run(daemon, ['logs', 'hello', '--since', '10m']);
  assert.equal(stdout, '2026-01-01T00:00:00.000Z hello hi there\n');
  assert.equal(daemon.requests[0]?.url, `/_lambdad/logs?since=${event.timestamp - 600_000}&function=hello`);
});

test('logs --follow goes on from where it was until it is stopped', async () => {
  await using daemon = await answeringDaemon(({ url }) => {
    if (url.includes('since=7')) context.signals.emit('SIGINT');
    return { body: url.includes('wait') ? { events: [event], next: 7 } : { events: [event] } };
  });
  const context = recordedContext({ AWS_ENDPOINT_URL: daemon.url });
  assert.equal(await runProgram(['logs', '--follow', '--json'], context), 0);
  assert.deepEqual(
    daemon.requests.map((request) => request.url),
    ['since=0', `since=${event.timestamp + 1}&wait=1`, 'since=7&wait=1'].map((query) => `/_lambdad/logs?${query}`),
  );
  assert.deepEqual(JSON.parse(context.written.stdout.split('\n')[0] ?? ''), event);
});

test('logs --follow waits for a daemon that is restarted, and goes on where it was', async () => {
  const first = await answeringDaemon(() => ({ body: { events: [event], next: 7 } }));
  const context = recordedContext({ AWS_ENDPOINT_URL: first.url });
  const port = Number(new URL(first.url).port);
  const written = context.stdout.write.bind(context.stdout);
  let events = 0;
  context.stdout.write = (text) => {
    events += 1;
    if (events === 2) void first[Symbol.asyncDispose]();
    return written(text);
  };
  const ended = runProgram(['logs', '--follow'], context);
  await eventually(() => context.written.stderr.includes('the daemon is gone'), 'it is noticed');
  const second = await answeringDaemon(({ url }) => {
    if (url.includes('wait')) context.signals.emit('SIGINT');
    return { body: { events: [], next: 8 } };
  }, port);
  await eventually(() => {
    context.clock.advance(milliseconds(500));
    return context.written.stderr.includes('the daemon is back');
  }, 'it is back');
  assert.equal(await ended, 0);
  assert.equal(context.written.stderr.match(/is gone/g)?.length, 1);
  assert.match(second.requests[0]?.url ?? '', /since=7$/);
  await second[Symbol.asyncDispose]();
});

test('logs gives each function its colour on a terminal', async () => {
  const other = { ...event, logGroup: '/aws/lambda/other' };
  await using daemon = await answeringDaemon(() => ({ body: { events: [event, other, event] } }));
  let text = '';
  const stdout = { isTTY: true, write: (part: string | Uint8Array) => (text += String(part)) };
  await run(daemon, ['logs'], { stdout });
  const colourOf = (name: string) =>
    [...text.matchAll(new RegExp(`(\\x1b\\[\\d+m)${name}`, 'g'))].map(([, code]) => code);
  assert.deepEqual(new Set(colourOf('hello')).size, 1);
  assert.equal(colourOf('hello').length, 2);
  assert.notEqual(colourOf('hello')[0], colourOf('other')[0]);
});

const listed = {
  executor: 'host',
  environments: [
    {
      id: '0123456789abcdef0123456789abcdef',
      function: 'hello',
      version: '$LATEST',
      state: 'frozen',
      ageSeconds: 125,
      invocations: 4,
      maxMemoryBytes: 52_428_801,
      memorySizeMB: 128,
      pid: 4711,
    },
  ],
};

test('ps lists environments, of all functions or of one', async () => {
  await using daemon = await answeringDaemon(() => ({ body: listed }));
  const { stdout, exitCode } = await run(daemon, ['ps', 'hello']);
  assert.equal(exitCode, 0);
  const [head, row] = stdout.split('\n');
  assert.match(head ?? '', /^FUNCTION +STATE +AGE +MEMORY +INVOCATIONS +EXECUTOR +RUNS AS +ID$/);
  assert.match(row ?? '', /^hello:\$LATEST +frozen +2 min 5 s +51\/128 MB +4 +host +pid 4711 +0123456789ab$/);
  assert.equal(daemon.requests[0]?.url, '/_lambdad/environments?function=hello');
  assert.deepEqual(JSON.parse((await run(daemon, ['ps', '--json'])).stdout), listed);
});

test('ps without environments says so, and --watch shows them every second until Ctrl-C', async () => {
  await using daemon = await answeringDaemon(() => ({ body: { executor: 'host', environments: [] } }));
  const context = recordedContext({ AWS_ENDPOINT_URL: daemon.url });
  const ended = runProgram(['ps', '--watch'], context);
  await eventually(() => context.clock.waiting === 1, 'it waits');
  assert.equal(daemon.requests.length, 1);
  context.clock.advance(milliseconds(1000));
  await eventually(() => daemon.requests.length === 2 && context.clock.waiting === 1, 'it asks again');
  context.signals.emit('SIGINT');
  assert.equal(await ended, 0);
  assert.equal(context.written.stdout.match(/no environments/g)?.length, 2);
});

test('invoke --event prints the request id and waits for nothing', async () => {
  await using daemon = await answeringDaemon(() => ({ status: 202, headers: { 'x-amzn-requestid': 'r-2' }, body: '' }));
  const { stdout, exitCode } = await run(daemon, ['invoke', 'fn', '{}', '--event']);
  assert.deepEqual([stdout, exitCode], ['r-2\n', 0]);
  assert.equal(daemon.requests[0]?.headers['x-amz-invocation-type'], 'Event');
});

test('options of invoke that exclude each other are refused', async () => {
  await using daemon = await answeringDaemon(() => succeeded);
  for (const options of [
    ['--event', '--stream'],
    ['--event', '--tail'],
    ['--stream', '--json'],
  ]) {
    assert.equal((await run(daemon, ['invoke', 'fn', ...options])).exitCode, 2, options.join(' '));
  }
  assert.deepEqual(daemon.requests, []);
});

test('invoke takes what is piped in when no payload is given, and an empty pipe is an empty object', async () => {
  await using daemon = await answeringDaemon(() => succeeded);
  const piped = (text: string) => ({
    inputIsPiped: () => true,
    stdin: (async function* () {
      if (text !== '') yield text;
    })(),
  });
  await run(daemon, ['invoke', 'fn'], piped('{"piped":1}'));
  await run(daemon, ['invoke', 'fn'], piped(''));
  await run(daemon, ['invoke', 'fn', '{"given":1}'], piped('{"piped":1}'));
  assert.deepEqual(
    daemon.requests.map((request) => request.body),
    ['{"piped":1}', '{}', '{"given":1}'],
  );
});

const clearLine = '\r\x1b[K';

test('what takes longer than a second says so on a terminal, and cleans up behind itself', async () => {
  for (const isTTY of [true, false]) {
    const held = Promise.withResolvers<void>();
    await using daemon = await answeringDaemon(() => ({ body: '{}', after: held.promise }));
    let text = '';
    const stderr = { isTTY, write: (part: string | Uint8Array) => (text += String(part)) };
    const context = recordedContext({ AWS_ENDPOINT_URL: daemon.url }, { stderr });
    const ended = runProgram(['invoke', 'hello'], context);
    await eventually(() => daemon.requests.length === 1, 'it asks');
    context.clock.advance(milliseconds(999));
    assert.equal(text, '');
    context.clock.advance(milliseconds(3001));
    held.resolve();
    assert.equal(await ended, 0);
    assert.equal(context.clock.waiting, 0);
    const shown = text.split(clearLine).slice(1);
    if (isTTY) {
      assert.match(shown[0] ?? '', /^\S invoking hello \(1 s\)$/);
      assert.match(shown.at(-2) ?? '', /^\S invoking hello \([34] s\)$/);
      assert.equal(shown.at(-1), '');
    } else assert.equal(text, '');
  }
});
