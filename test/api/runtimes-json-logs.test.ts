/** Functions that log in JSON: what the platform, the runtimes and the function itself write. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { LoggingConfig } from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';

interface LogDocument {
  readonly type?: string;
  readonly time?: string;
  readonly level?: string;
  readonly message?: unknown;
  readonly record?: Readonly<Record<string, unknown>>;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

suite('Logs in JSON', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const handler = `
    console.debug('detail'); console.log('%d items', 3); console.error(new RangeError('far'));
    exports.handler = async () => { console.warn({ a: 1 }); };`;

  async function logOf(LoggingConfig: LoggingConfig): Promise<readonly LogDocument[]> {
    const fn = await lambdad.function({ code: { 'index.js': handler }, LoggingConfig });
    await fn.invoke({}, { LogType: 'Tail' });
    const { events } = (await (await lambdad.fetch(`/_lambdad/logs?function=${fn.name}`)).json()) as {
      events: readonly { readonly message: string; readonly functionName: string }[];
    };
    return events
      .filter(({ functionName }) => functionName === fn.name)
      .map(({ message }) => JSON.parse(message) as LogDocument);
  }
  const kinds = (log: readonly LogDocument[]): readonly (string | undefined)[] =>
    log.map(({ type, level }) => type ?? level);

  test('by default there are start and report, and what the function says from INFO on', async () => {
    const log = await logOf({ LogFormat: 'JSON' });
    assert.deepEqual(kinds(log), ['platform.initStart', 'INFO', 'ERROR', 'platform.start', 'WARN', 'platform.report']);
    const [initStart, info, error, start, warn, report] = log;
    assert.partialDeepStrictEqual(initStart?.record, {
      initializationType: 'on-demand',
      phase: 'init',
      runtimeVersion: 'nodejs:24.v1',
      functionVersion: '$LATEST',
      instanceMaxMemory: 134_217_728,
    });
    assert.equal(info?.message, '3 items');
    assert.partialDeepStrictEqual(error?.message, { errorType: 'RangeError', errorMessage: 'far' });
    assert.deepEqual(warn?.message, { a: 1 });
    assert.match(start?.time ?? '', isoTime);
    const { requestId, functionArn, version } = start?.record ?? {};
    assert.match(String(functionArn), /^arn:aws:lambda:us-east-1:000000000000:function:/);
    assert.equal(version, '$LATEST');
    assert.partialDeepStrictEqual(report?.record, { requestId, status: 'success' });
    const metrics = report?.record?.['metrics'] as Record<string, number>;
    assert.deepEqual(Object.keys(metrics), [
      'durationMs',
      'billedDurationMs',
      'memorySizeMB',
      'maxMemoryUsedMB',
      'initDurationMs',
    ]);
    assert.equal(metrics['memorySizeMB'], 128);
  });

  test('DEBUG shows every event of the platform, WARN those that went wrong', async () => {
    assert.deepEqual(kinds(await logOf({ LogFormat: 'JSON', SystemLogLevel: 'DEBUG', ApplicationLogLevel: 'FATAL' })), [
      'platform.initStart',
      'platform.initRuntimeDone',
      'platform.initReport',
      'platform.start',
      'platform.runtimeDone',
      'platform.report',
    ]);
    assert.deepEqual(kinds(await logOf({ LogFormat: 'JSON', SystemLogLevel: 'WARN', ApplicationLogLevel: 'ERROR' })), [
      'ERROR',
    ]);
  });

  test('a custom runtime is filtered by the levels in what it writes', async () => {
    const bootstrap = `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
  curl -sS -o /dev/null -D /tmp/headers "$api/next"
  id=$(sed -n 's/^lambda-runtime-aws-request-id: *//Ip' /tmp/headers | tr -d '\\r')
  echo '{"level":"debug","m":1}'; echo '{"level":"warn","m":2}'; echo '{"m":3}'; echo plain
  curl -sS -o /dev/null "$api/$id/response" -d "[\\"$AWS_LAMBDA_LOG_FORMAT\\",\\"$AWS_LAMBDA_LOG_LEVEL\\"]"
done
`;
    const fn = await lambdad.function({
      Runtime: 'provided.al2023',
      code: { bootstrap },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'WARN' },
    });
    const { payload, log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.deepEqual(payload, ['JSON', 'WARN']);
    assert.equal(log, '{"level":"warn","m":2}\nplain\n');
  });

  test("Python's loggers and errors are filtered by their levels", async () => {
    const fn = await lambdad.function({
      Runtime: 'python3.13',
      code: {
        'index.py':
          'import logging\ndef handler(event, context):\n    logging.getLogger().info("dropped")\n    logging.getLogger().error("kept")\n    raise ValueError("as asked")\n',
      },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'ERROR', SystemLogLevel: 'WARN' },
    });
    const { log } = await fn.invoke({}, { LogType: 'Tail' });
    const documents = log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.partialDeepStrictEqual(documents, [{ message: 'kept' }, { errorMessage: 'as asked' }]);
  });

  test('a time-out is in the report alone', async () => {
    const fn = await lambdad.function({
      Timeout: 1,
      code: { 'index.js': 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));' },
      LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
    });
    const { log } = await fn.invoke({}, { LogType: 'Tail' });
    const documents = log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogDocument);
    assert.deepEqual(kinds(documents), ['platform.runtimeDone', 'platform.report']);
    assert.partialDeepStrictEqual(documents[1]?.record, { status: 'timeout' });
  });

  test('in text the first line of an environment says which runtime it is', async () => {
    const fn = await lambdad.function({ code: { 'index.js': 'exports.handler = async () => null;' } });
    const { log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.doesNotMatch(log, /INIT_START/);
    const body = await (await lambdad.fetch(`/_lambdad/logs?function=${fn.name}`)).text();
    assert.match(
      body,
      /"message":"INIT_START Runtime Version: nodejs:24\.v1\\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}"/,
    );
  });
});
