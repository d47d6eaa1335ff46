/** The provided runtimes: the function's own `bootstrap`, here a shell script around curl. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { FunctionOptions } from '../kit/test-function.ts';
import { urlOf } from '../kit/url-of.ts';
import { type UrlAnswer, urlRequest } from '../kit/url-request.ts';

const loop = (body: string): string => `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
n=0
while true; do
  event=$(curl -sS -D /tmp/headers "$api/invocation/next") || exit 1
  id=$(sed -n 's/^lambda-runtime-aws-request-id: *//Ip' /tmp/headers | tr -d '\\r')
  n=$((n + 1))
${body}
done
`;

/** Streams on a bare socket, each chunk on its own, and may end with an error in the trailers. */
const streamer = `#!/usr/bin/env python3
import base64, json, os, socket, time, urllib.request
api = os.environ["AWS_LAMBDA_RUNTIME_API"]
host, port = api.rsplit(":", 1)
while True:
    event = urllib.request.urlopen(f"http://{api}/2018-06-01/runtime/invocation/next")
    path = f"/2018-06-01/runtime/invocation/{event.headers['Lambda-Runtime-Aws-Request-Id']}/response"
    asked = json.load(event)
    asked = json.loads(asked["body"]) if "body" in asked else asked # through a URL
    post = socket.create_connection((host, int(port)))
    post.sendall((f"POST {path} HTTP/1.1\\r\\nHost: {api}\\r\\nTransfer-Encoding: chunked\\r\\n"
        f"Content-Type: {asked['type']}\\r\\nLambda-Runtime-Function-Response-Mode: streaming\\r\\n"
        "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\\r\\n\\r\\n").encode())
    for part in asked["parts"]:
        part = part.encode()
        post.sendall(b"%x\\r\\n%s\\r\\n" % (len(part), part))
    if asked.get("leave"):
        time.sleep(0.2) # whose connection it is can only be told while it is there
        post.close()
        continue
    body = base64.b64encode(json.dumps({"errorType": "Shop.Closed", "errorMessage": "come back"}).encode()).decode()
    error = f"Lambda-Runtime-Function-Error-Type: Shop.Closed\\r\\nLambda-Runtime-Function-Error-Body: {body}\\r\\n"
    post.sendall(("0\\r\\n" + (error if asked.get("fail") else "") + "\\r\\n").encode())
    post.recv(4096)
    post.close()
`;

const answer = (data: string): string => `  curl -sS -o /dev/null "$api/invocation/$id/response" -d "${data}"`;

suite('Custom runtimes', { concurrency: true, skip: process.platform !== 'linux' && 'they are Linux programs' }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const provided = (bootstrap: string, more: Partial<FunctionOptions> = {}): FunctionOptions => ({
    code: { bootstrap },
    Runtime: 'provided.al2023',
    Handler: 'what.ever',
    Timeout: 20,
    ...more,
  });

  test('a shell script answers, and stays warm', async () => {
    const fn = await lambdad.function(provided(loop(answer('{\\"n\\":$n,\\"event\\":$event}'))));
    assert.deepEqual((await fn.invoke({ a: 1 })).payload, { n: 1, event: { a: 1 } });
    assert.deepEqual((await fn.invoke('x')).payload, { n: 2, event: 'x' });
  });

  test('what it prints is in the log, between START and END', async () => {
    const script = loop(`  echo "to stdout"; echo "to stderr" >&2\n${answer('null')}`);
    const fn = await lambdad.function(provided(script));
    const { log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.match(log, /START RequestId: .*\n(?:to stdout\nto stderr|to stderr\nto stdout)\nEND RequestId: /);
  });

  test('the headers of the event have id, deadline, ARN, trace and client context', async () => {
    const script = loop(`  curl -sS -o /dev/null "$api/invocation/$id/response" --data-binary @/tmp/json`).replace(
      '  n=$((n + 1))',
      `  { printf '"'; tr -d '\\r' < /tmp/headers | sed 's/["\\\\]/\\\\&/g' | tr '\\n' '|'; printf '"'; } > /tmp/json`,
    );
    const fn = await lambdad.function(provided(script));
    const ClientContext = Buffer.from('{"custom":{"a":"1"}}').toString('base64');
    const headers = String((await fn.invoke({}, { ClientContext })).payload).toLowerCase();
    assert.match(headers, /\|lambda-runtime-aws-request-id: [0-9a-f-]{36}\|/);
    assert.match(headers, /\|lambda-runtime-deadline-ms: \d{13}\|/);
    assert.match(
      headers,
      /\|lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:000000000000:function:function-\d+\|/,
    );
    assert.match(headers, /\|lambda-runtime-trace-id: root=1-/);
    assert.match(headers, /\|lambda-runtime-client-context: \{"custom":\{"a":"1"\}\}\|/);
    assert.match(headers, /\|content-type: application\/json\|/);
  });

  test('an error that it reports is the payload, member for member', async () => {
    const script = loop(
      `  curl -sS -o /dev/null "$api/invocation/$id/error" -H 'Lambda-Runtime-Function-Error-Type: Shop.Closed' -d '{"errorType":"Shop.Closed","errorMessage":"come back tomorrow"}'`,
    );
    const fn = await lambdad.function(provided(script));
    const { functionError, payload } = await fn.invoke();
    assert.equal(functionError, 'Unhandled');
    assert.deepEqual(payload, { errorType: 'Shop.Closed', errorMessage: 'come back tomorrow' });
  });

  test('an error of its init phase is the payload', async () => {
    const script = `#!/bin/sh
curl -sS -o /dev/null "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/init/error" -H 'Lambda-Runtime-Function-Error-Type: Shop.NoKeys' -d '{"errorType":"Shop.NoKeys","errorMessage":"no keys"}'
exit 1
`;
    const fn = await lambdad.function(provided(script));
    assert.partialDeepStrictEqual(await fn.invoke(), {
      functionError: 'Unhandled',
      payload: { errorType: 'Shop.NoKeys', errorMessage: 'no keys' },
    });
  });

  test('its variables have no AWS_EXECUTION_ENV, and the handler is only a text', async () => {
    const fn = await lambdad.function(provided(loop(answer('[\\"$AWS_EXECUTION_ENV\\",\\"$_HANDLER\\",\\"$PWD\\"]'))));
    assert.deepEqual((await fn.invoke()).payload, ['', 'what.ever', '/var/task']);
  });

  test('it may stream, and end its stream with an error in the trailers', async () => {
    const fn = await lambdad.function(provided(streamer));
    const stream = async (event: object): Promise<readonly [string, string | undefined]> => {
      const { EventStream = [] } = await lambdad.lambda.send(
        new InvokeWithResponseStreamCommand({ FunctionName: fn.name, Payload: JSON.stringify(event) }),
      );
      let came = '';
      for await (const { PayloadChunk, InvokeComplete } of EventStream) {
        came += Buffer.from(PayloadChunk?.Payload ?? []).toString();
        if (InvokeComplete !== undefined) return [came, InvokeComplete.ErrorDetails];
      }
      throw new Error('the stream had no end');
    };
    const text = { type: 'text/plain', parts: ['one ', 'two'] };
    const failure = '{"errorType": "Shop.Closed", "errorMessage": "come back"}';
    assert.deepEqual(await stream(text), ['one two', undefined]);
    assert.deepEqual(await stream({ ...text, fail: true }), ['one two', failure]);
    assert.deepEqual(await stream({ ...text, parts: [], fail: true }), ['', failure]);
    const [came, truncated] = await stream({ ...text, leave: true });
    assert.equal(came, 'one two', truncated);
    assert.partialDeepStrictEqual(JSON.parse(truncated ?? ''), { errorType: 'Runtime.TruncatedResponse' });
    assert.deepEqual(await stream(text), ['one two', undefined]);

    const host = await urlOf(lambdad.lambda, fn.name, 'NONE', { InvokeMode: 'RESPONSE_STREAM' });
    const headers = { 'content-type': 'application/json' };
    const ask = (event: object): Promise<UrlAnswer> =>
      urlRequest(lambdad.port, host, { method: 'POST', headers, body: JSON.stringify(event) });
    const whole = await ask(text);
    assert.deepEqual([whole.status, whole.headers['content-type'], whole.text], [200, 'text/plain', 'one two']);
    const empty = await ask({ ...text, parts: [] });
    assert.deepEqual([empty.status, empty.headers['content-type'], empty.text], [200, 'text/plain', '']);
    assert.equal((await ask({ ...text, parts: [], fail: true })).status, 502, 'nothing was sent yet');
    await assert.rejects(ask({ ...text, fail: true }), { code: 'ECONNRESET' });
  });

  test('a package without a bootstrap', async () => {
    const fn = await lambdad.function({ ...provided(''), code: { 'other.sh': '#!/bin/sh\n' } });
    const { functionError, payload } = await fn.invoke();
    assert.equal(functionError, 'Unhandled');
    assert.partialDeepStrictEqual(payload, { errorType: 'Runtime.InvalidEntrypoint' });
  });

  test('a bootstrap that ends at once', async () => {
    const fn = await lambdad.function(provided('#!/bin/sh\nexit 9\n'));
    const { payload } = await fn.invoke();
    assert.partialDeepStrictEqual(payload, { errorType: 'Runtime.ExitError' });
    assert.match((payload as Record<string, string>)['errorMessage'] ?? '', /exited with error: exit status 9$/);
  });
});
