/** Java functions through the API, on AWS's own runtime interface client. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { GetFunctionConfigurationCommand, InvokeCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { compiledJava } from '../kit/compiled-java.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';

const source = `
package shop;

import java.util.Map;

public class Sales {
  static int sold = 0;

  public Map<String, Object> sell(Map<String, Object> event) throws Exception {
    if (event.containsKey("fail")) throw new IllegalStateException("no stock");
    if (event.containsKey("sleep")) Thread.sleep(60_000);
    System.out.println("selling");
    String digest = java.security.MessageDigest.getInstance("SHA-256").getAlgorithm();
    int roots = javax.net.ssl.TrustManagerFactory.getInstance("PKIX").getProvider().size() > 0 ? 1 : 0;
    return Map.of("sold", ++sold, "event", event, "name", System.getenv("AWS_LAMBDA_FUNCTION_NAME"),
      "digest", digest, "roots", roots, "env", System.getenv("AWS_EXECUTION_ENV"));
  }
}
`;

const hookedSource = `
package shop;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import java.util.ArrayList;
import java.util.List;

public class Sales implements Resource {
  final List<String> seen = new ArrayList<>();

  public Sales() { Core.getGlobalContext().register(this); }
  public void beforeCheckpoint(Context<? extends Resource> context) { seen.add("before"); }
  public void afterRestore(Context<? extends Resource> context) { seen.add("after"); }
  public List<String> sell(Object event) { return seen; }
}
`;

suite('Java', { skip: process.platform !== 'linux' && 'the client of AWS is for Linux' }, () => {
  let lambdad: TestDaemon;
  let fn: TestFunction;
  before(async () => {
    lambdad = await TestDaemon.start({ fetchesRuntimes: true });
    fn = await lambdad.function({
      Runtime: 'java17',
      Handler: 'shop.Sales::sell',
      MemorySize: 512,
      Timeout: 30,
      code: await compiledJava('Sales', source),
    });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  test('a method answers, and its class stays warm', async () => {
    await fn.invoke({});
    const { payload, log } = await fn.invoke({ a: ['é', 1.5] }, { LogType: 'Tail' });
    assert.deepEqual(payload, {
      sold: 2,
      event: { a: ['é', 1.5] },
      name: fn.name,
      digest: 'SHA-256',
      roots: 1,
      env: 'AWS_Lambda_java17',
    });
    assert.match(log, /\nselling\n/);
  });

  test('an exception has message, type and stack', async () => {
    const { functionError, payload } = await fn.invoke({ fail: true });
    assert.equal(functionError, 'Unhandled');
    assert.partialDeepStrictEqual(payload, {
      errorMessage: 'no stock',
      errorType: 'java.lang.IllegalStateException',
    });
    assert.match(JSON.stringify(payload), /"stackTrace":\["shop\.Sales\.sell\(Sales\.java:10\)"/);
  });

  test('without a sandbox it works too, and leaves nothing in /tmp', async () => {
    await using plain = await TestDaemon.start({ fetchesRuntimes: true, settings: { LAMBDAD_SANDBOX: 'off' } });
    const unboxed = await plain.function({
      Runtime: 'java17',
      Handler: 'shop.Sales::sell',
      MemorySize: 512,
      Timeout: 30,
      code: await compiledJava('Sales', source),
    });
    assert.partialDeepStrictEqual((await unboxed.invoke({ a: 1 })).payload, { sold: 1, event: { a: 1 } });
    assert.equal(existsSync('/tmp/.libaws-lambda-jni.so'), false);
  });

  test('hooks run around the snapshot of a version with SnapStart', async () => {
    const hooked = await lambdad.function({
      Runtime: 'java17',
      Handler: 'shop.Sales::sell',
      MemorySize: 512,
      Timeout: 30,
      SnapStart: { ApplyOn: 'PublishedVersions' },
      code: await compiledJava('Sales', hookedSource, await clientArchives(lambdad.dataDirectory)),
    });
    const one = { FunctionName: hooked.name, Qualifier: '1' };
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: hooked.name }));
    for (;;) {
      const { State, StateReason } = await lambdad.lambda.send(new GetFunctionConfigurationCommand(one));
      if (State === 'Active') break;
      assert.equal(State, 'Pending', StateReason);
    }
    const { Payload } = await lambdad.lambda.send(new InvokeCommand(one));
    assert.deepEqual(JSON.parse(Buffer.from(Payload ?? []).toString()), ['before', 'after']);
  });

  test('a class that is not there is an error of the init phase', async () => {
    const broken = await lambdad.function({
      Runtime: 'java17',
      Handler: 'shop.Missing::sell',
      MemorySize: 256,
      code: { 'readme.txt': '' },
    });
    const { functionError, payload } = await broken.invoke();
    assert.equal(functionError, 'Unhandled');
    assert.partialDeepStrictEqual(payload, {
      errorMessage: 'Class not found: shop.Missing',
      errorType: 'java.lang.ClassNotFoundException',
    });
  });
});

/** Those of AWS's client, which the daemon has fetched. */
async function clientArchives(dataDirectory: string): Promise<readonly string[]> {
  const runtimes = join(dataDirectory, 'cache', 'runtimes');
  const files = await readdir(runtimes, { recursive: true });
  return files.filter((file) => file.endsWith('.jar')).map((file) => join(runtimes, file));
}
