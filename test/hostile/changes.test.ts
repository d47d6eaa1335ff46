/** Functions that are changed, deleted or crash while others use them, and a daemon that ends while they run. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { RawConnection } from '../kit/raw-connection.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';
import { zipOf } from '../kit/zip-of.ts';
import { AttackedDaemon } from './attacked-daemon.ts';
import { rawRuntime } from './raw-runtime.ts';

const slow = (answer: string) => ({
  'index.js': `exports.handler = async ({ wait }) => { await new Promise((done) => setTimeout(done, wait ?? 0)); return '${answer}'; };`,
});

suite('hostile changes', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const remove = (FunctionName: string): Promise<unknown> =>
    attacked.daemon.lambda.send(new DeleteFunctionCommand({ FunctionName }));

  const started = async (fn: TestFunction, wait: number) => {
    await fn.invoke();
    return { answer: fn.invoke({ wait }) };
  };

  test('a function that is deleted while it runs ends its invocation, and is gone', async () => {
    const fn = await attacked.daemon.function({ Timeout: 10, code: slow('first') });
    const { answer } = await started(fn, 300);
    await remove(fn.name);
    assert.equal((await answer).payload, 'first');
    await assert.rejects(fn.invoke(), { name: 'ResourceNotFoundException' });
    await attacked.stillServes();
  });

  test('new code and new settings do not touch the invocation that runs', async () => {
    const fn = await attacked.daemon.function({ Timeout: 10, code: slow('first') });
    const { answer } = await started(fn, 500);
    const { lambda } = attacked.daemon;
    const ZipFile = await zipOf(slow('second'));
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: fn.name, ZipFile }));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, Timeout: 1 }));
    assert.equal((await fn.invoke()).payload, 'second');
    assert.equal((await answer).payload, 'first');
    await attacked.stillServes();
  });

  test('functions that are created, changed and deleted at once leave nothing behind', async () => {
    await using hasty = await TestDaemon.start();
    const { lambda } = hasty;
    const ZipFile = await zipOf({ ...slow('x'), 'large.bin': Buffer.alloc(3_000_000, 'x') });
    const settings = {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/r',
    } as const;
    const refused = (error: unknown): void => {
      assert.match(String((error as Error).name), /^Resource(NotFound|Conflict)Exception$/);
    };
    for (let round = 0; round < 5; round += 1) {
      const FunctionName = `hasty-${round % 2}`;
      await Promise.all([
        lambda.send(new CreateFunctionCommand({ ...settings, FunctionName, Code: { ZipFile } })).catch(refused),
        lambda.send(new CreateFunctionCommand({ ...settings, FunctionName, Code: { ZipFile } })).catch(refused),
        lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile })).catch(refused),
        lambda.send(new InvokeCommand({ FunctionName })).catch(refused),
        lambda.send(new DeleteFunctionCommand({ FunctionName })).catch(refused),
      ]);
      await lambda.send(new DeleteFunctionCommand({ FunctionName })).catch(refused);
      await assert.rejects(lambda.send(new GetFunctionCommand({ FunctionName })), {
        name: 'ResourceNotFoundException',
      });
    }
    const fn = await hasty.function({ FunctionName: 'hasty-0', code: slow('still') });
    assert.equal((await fn.invoke()).payload, 'still');
  });

  test('two hundred concurrent invocations that each crash are two hundred errors', async () => {
    const fn = await attacked.daemon.function(
      rawRuntime('', { code: { bootstrap: crashing }, Timeout: 60, MemorySize: 128 }),
    );
    const invocation = async () => {
      const path = `/2015-03-31/functions/${fn.name}/invocations`;
      const response = await attacked.daemon.fetch(path, { method: 'POST' });
      const { errorType } = (await response.json()) as Record<string, unknown>;
      return `${response.status} ${response.headers.get('x-amz-function-error')} ${String(errorType)}`;
    };
    const answers = await Promise.all(Array.from({ length: 200 }, invocation));
    assert.deepEqual([...new Set(answers)], ['200 Unhandled Runtime.ExitError']);
    await attacked.stillServes();
    await remove(fn.name);
    await attacked.stillServes();
  });

  test('disposal answers what runs, what starts and what waits', async () => {
    const ending = await TestDaemon.start();
    const fn = await ending.function({ Timeout: 100, code: slow('never') });
    await fn.invoke();
    const connections = await Promise.all(
      Array.from({ length: 30 }, () => RawConnection.open(`127.0.0.1:${ending.port}`)),
    );
    for (const connection of connections) {
      void connection.write(`POST /2015-03-31/functions/${fn.name}/invocations HTTP/1.1\r\nHost: localhost\r\n`);
      void connection.write('Content-Length: 14\r\n\r\n{"wait":60000}');
    }
    // When these are answered the invocations have arrived; some run by now, some are started, some wait for their turn.
    for (let i = 0; i < 3; i += 1) await (await ending.fetch('/_localstack/health')).text();
    await ending[Symbol.asyncDispose]();
    const answers = await Promise.all(connections.map((connection) => connection.whole()));
    for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 500 [^]*The daemon is shutting down/);
  });
});

/** Takes its event and is gone, with as little as it takes to do that. */
const crashing = `#!/bin/sh
curl -s "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next" >/dev/null
exit 9
`;
