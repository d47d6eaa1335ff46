/** What Invoke answers beside the payload: status, headers, log; and what of the request reaches the handler. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const probes = {
  nodejs: {
    Runtime: 'nodejs24.x' as const,
    code: {
      'index.js': `
        exports.handler = async (event, context) => {
          if (event.fail) throw new Error('as asked');
          console.log('from the handler');
          const { getRemainingTimeInMillis, ...rest } = context;
          return { ...rest, remaining: getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID };
        };`,
    },
  },
  python: {
    Runtime: 'python3.13' as const,
    code: {
      'index.py': `
import os
def handler(event, context):
    if event.get('fail'):
        raise RuntimeError('as asked')
    print('from the handler')
    client = context.client_context
    return {
        'functionName': context.function_name, 'functionVersion': context.function_version,
        'memoryLimitInMB': str(context.memory_limit_in_mb), 'awsRequestId': context.aws_request_id,
        'invokedFunctionArn': context.invoked_function_arn, 'logGroupName': context.log_group_name,
        'logStreamName': context.log_stream_name, 'remaining': context.get_remaining_time_in_millis(),
        'trace': os.environ.get('_X_AMZN_TRACE_ID'),
        'clientContext': client and {'custom': client.custom, 'env': client.env,
            'client': {'installation_id': client.client.installation_id, 'app_title': client.client.app_title}},
    }`,
    },
  },
};

const clientContext = {
  custom: { colour: 'grün' },
  client: { installation_id: 'i-1', app_title: 'Shop' },
  env: { locale: 'de' },
};
const trace = 'Root=1-67890abc-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

for (const [runtime, probe] of Object.entries(probes)) {
  suite(`The answer of Invoke, ${runtime}`, { concurrency: true }, () => {
    let lambdad: TestDaemon;
    before(async () => {
      lambdad = await TestDaemon.start();
      await lambdad.function({ FunctionName: 'probe', MemorySize: 256, Timeout: 30, ...probe });
    });
    after(() => lambdad[Symbol.asyncDispose]());

    const invoke = (body: object = {}, headers: Record<string, string> = {}, query = ''): Promise<ApiAnswer> =>
      apiRequest(lambdad.endpoint, {
        method: 'POST',
        path: `/2015-03-31/functions/probe/invocations${query}`,
        body,
        headers,
      });
    const logOf = (answer: ApiAnswer): string =>
      Buffer.from(answer.headers.get('x-amz-log-result') ?? '', 'base64').toString('utf8');

    test('a success has the executed version, no error and no log', async () => {
      const { status, headers } = await invoke();
      assert.equal(status, 200);
      assert.equal(headers.get('x-amz-executed-version'), '$LATEST');
      assert.equal(headers.get('x-amz-function-error'), null);
      assert.equal(headers.get('x-amz-log-result'), null);
      assert.match(headers.get('x-amzn-requestid') ?? '', uuid);
      assert.equal(headers.get('content-type'), 'application/json');
    });

    test('an error of the function is a 200 that says Unhandled', async () => {
      const { status, headers, json } = await invoke({ fail: true });
      assert.equal(status, 200);
      assert.equal(headers.get('x-amz-function-error'), 'Unhandled');
      assert.equal(headers.get('x-amz-executed-version'), '$LATEST');
      assert.partialDeepStrictEqual(json, { errorMessage: 'as asked' });
    });

    test('the request id is the same in the reply, the context and every line of the log', async () => {
      const answer = await invoke({}, { 'X-Amz-Log-Type': 'Tail' });
      const id = answer.headers.get('x-amzn-requestid');
      assert.equal((answer.json as Record<string, unknown>)['awsRequestId'], id);
      const log = logOf(answer);
      assert.ok(log.includes(`START RequestId: ${id} Version: $LATEST\n`), log);
      assert.ok(log.includes(`\nEND RequestId: ${id}\n`), log);
      assert.ok(log.includes(`\nREPORT RequestId: ${id}\tDuration: `), log);
    });

    test('the context names the function, its version, its memory and its log', async () => {
      const context = (await invoke()).json as Record<string, unknown>;
      assert.partialDeepStrictEqual(context, {
        functionName: 'probe',
        functionVersion: '$LATEST',
        memoryLimitInMB: '256',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:probe',
        logGroupName: '/aws/lambda/probe',
      });
      assert.match(String(context['logStreamName']), /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
      const remaining = Number(context['remaining']);
      assert.ok(remaining > 0 && remaining <= 30_000, String(remaining));
    });

    test('the ARN in the context has the qualifier of the request', async () => {
      const { json } = await invoke({}, {}, '?Qualifier=%24LATEST');
      const { invokedFunctionArn } = json as Record<string, unknown>;
      assert.equal(invokedFunctionArn, 'arn:aws:lambda:us-east-1:000000000000:function:probe:$LATEST');
    });

    test('the client context reaches the handler', async () => {
      const header = Buffer.from(JSON.stringify(clientContext)).toString('base64');
      const { json } = await invoke({}, { 'X-Amz-Client-Context': header });
      assert.deepEqual((json as Record<string, unknown>)['clientContext'], clientContext);
    });

    test('without a client context there is none', async () => {
      assert.equal(((await invoke()).json as Record<string, unknown>)['clientContext'] ?? null, null);
    });

    test("the caller's trace reaches the handler, and without one there is a new one", async () => {
      const given = (await invoke({}, { 'X-Amzn-Trace-Id': trace })).json as Record<string, unknown>;
      assert.ok(String(given['trace']).startsWith('Root=1-67890abc-0123456789abcdef01234567;'), String(given['trace']));
      const made = (await invoke()).json as Record<string, unknown>;
      assert.match(String(made['trace']), /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0/);
    });

    test('DryRun answers 204 with nothing, and runs nothing', async () => {
      const { status, text, headers } = await invoke({ fail: true }, { 'X-Amz-Invocation-Type': 'DryRun' });
      assert.deepEqual([status, text], [204, '']);
      assert.equal(headers.get('x-amz-function-error'), null);
    });

    test('DryRun still says when the function is not there', async () => {
      const { status, errorType } = await apiRequest(lambdad.endpoint, {
        method: 'POST',
        path: '/2015-03-31/functions/gone/invocations',
        headers: { 'X-Amz-Invocation-Type': 'DryRun' },
      });
      assert.deepEqual([status, errorType], [404, 'ResourceNotFoundException']);
    });
  });
}
