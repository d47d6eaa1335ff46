import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../daemon/config/config.ts';
import { CannotListen } from '../gateway/listener.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { runProgram } from './program.ts';
import { recordedContext } from './recorded-context.fixture.ts';
import type { StartDaemon } from './start-daemon.ts';

function fakeDaemon() {
  const seen: { config?: Config; disposed: number } = { disposed: 0 };
  const started = Promise.withResolvers<void>();
  const startDaemon: StartDaemon = async ({ config }) => {
    seen.config = config;
    started.resolve();
    return {
      addresses: [{ host: '0.0.0.0', port: 4567 }],
      isolation: 'bubblewrap',
      async [Symbol.asyncDispose]() {
        seen.disposed += 1;
      },
    };
  };
  return { seen, started: started.promise, startDaemon };
}

function listenError(code: string): StartDaemon {
  const cause = Object.assign(new Error(`listen ${code}`), { code });
  return () => Promise.reject(new CannotListen({ host: '127.0.0.1', port: 80 }, cause));
}

test('start says where it listens and which isolation is in force, and disposes of the daemon on a signal', async () => {
  const { seen, started, startDaemon } = fakeDaemon();
  const context = recordedContext({ GATEWAY_LISTEN: '0.0.0.0:4567', LAMBDA_EXECUTOR: 'local' }, { startDaemon });
  const exitCode = runProgram(['start'], context);
  await started;
  context.signals.emit('SIGTERM');
  assert.equal(await exitCode, 0);
  assert.deepEqual(seen.config?.listen, [{ host: '0.0.0.0', port: 4567 }]);
  assert.equal(seen.disposed, 1);
  assert.match(
    context.written.stdout,
    /^lambdad \S+ is ready on http:\/\/127\.0\.0\.1:4567 \(functions run in: bubblewrap\)\n$/,
  );
  assert.match(context.written.stderr, / WARN {2}LAMBDA_EXECUTOR is discontinued: /);
  assert.deepEqual(context.signals.eventNames(), []);
});

test('start --json-log says that it is ready in the log', async () => {
  const { started, startDaemon } = fakeDaemon();
  const context = recordedContext({}, { startDaemon });
  const exitCode = runProgram(['start', '--json-log'], context);
  await started;
  context.signals.emit('SIGINT');
  await exitCode;
  assert.equal(context.written.stdout, '');
  const { message, isolation } = JSON.parse(context.written.stderr);
  assert.deepEqual({ message, isolation }, { message: 'ready', isolation: 'bubblewrap' });
});

test('a signal that comes before the daemon is ready stops it as soon as it is', async () => {
  const { seen, startDaemon } = fakeDaemon();
  const context = recordedContext(
    {},
    {
      startDaemon: (options) => {
        context.signals.emit('SIGINT');
        return startDaemon(options);
      },
    },
  );
  assert.equal(await runProgram(['start'], context), 0);
  assert.equal(seen.disposed, 1);
});

test('a second signal ends the process at once, but the echo of the same key press does not', async () => {
  const closing = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const context = recordedContext(
    {},
    {
      startDaemon: async () => ({
        addresses: [],
        isolation: 'none',
        [Symbol.asyncDispose]() {
          begun.resolve();
          return closing.promise;
        },
      }),
    },
  );
  const exitCode = runProgram(['start'], context);
  while (context.signals.listenerCount('SIGINT') === 0) await new Promise(setImmediate);
  context.signals.emit('SIGINT');
  context.signals.emit('SIGINT');
  await begun.promise;
  assert.deepEqual(context.exits, []);
  context.clock.advance(milliseconds(501));
  context.signals.emit('SIGINT');
  assert.deepEqual(context.exits, [130]);
  closing.resolve();
  assert.equal(await exitCode, 0);
});

for (const [code, sentence] of [
  ['EADDRINUSE', /^lambdad: 127\.0\.0\.1:80 is taken, .*GATEWAY_LISTEN.*\n$/],
  ['EACCES', /^lambdad: listening on 127\.0\.0\.1:80 is not permitted .*GATEWAY_LISTEN.*\n$/],
  ['EADDRNOTAVAIL', /^lambdad: 127\.0\.0\.1:80 is not an address of this machine: .*GATEWAY_LISTEN.*\n$/],
] as const) {
  test(`${code} becomes one sentence that names the address and the setting, and exit code 1`, async () => {
    const context = recordedContext({}, { startDaemon: listenError(code) });
    assert.equal(await runProgram(['start'], context), 1);
    assert.match(context.written.stderr, sentence);
  });
}

test('any other reason not to start is said in one line too', async () => {
  const startDaemon = () => Promise.reject(new Error('bubblewrap is not installed'));
  const context = recordedContext({}, { startDaemon });
  assert.equal(await runProgram(['start'], context), 1);
  assert.equal(context.written.stderr, 'lambdad: bubblewrap is not installed\n');
});
