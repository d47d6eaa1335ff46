/** Java functions in containers, on AWS's own runtime interface client. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { javaImage } from '../images/java-image.ts';
import { compiledJava } from '../kit/compiled-java.ts';
import type { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';
import { startDockerDaemon, testImage } from './docker-daemon.ts';

const source = `
package shop;

import java.util.Map;

public class Stock {
  static int asked = 0;

  public Map<String, Object> count(Map<String, Object> event) {
    if (event.containsKey("fail")) throw new IllegalStateException("no stock");
    if (event.containsKey("exit")) System.exit(3);
    System.out.println("counting");
    return Map.of("asked", ++asked, "event", event, "name", System.getenv("AWS_LAMBDA_FUNCTION_NAME"));
  }
}
`;

let daemon: TestDaemon;
let fn: TestFunction;
before(async () => {
  const settings = { LAMBDA_RUNTIME_IMAGE_MAPPING: JSON.stringify({ java17: await javaImage(testImage) }) };
  daemon = await startDockerDaemon({ settings });
  fn = await daemon.function({
    Runtime: 'java17',
    Handler: 'shop.Stock::count',
    MemorySize: 512,
    Timeout: 30,
    code: await compiledJava('Stock', source),
  });
});
after(() => daemon[Symbol.asyncDispose]());

test('a method answers, and its class stays warm', async () => {
  await fn.invoke({});
  const { payload, log } = await fn.invoke({ a: ['é', 1.5] }, { LogType: 'Tail' });
  assert.deepEqual(payload, { asked: 2, event: { a: ['é', 1.5] }, name: fn.name });
  assert.match(log, /\ncounting\n/);
});

test('an exception has message, type and stack', async () => {
  const { functionError, payload } = await fn.invoke({ fail: true });
  assert.equal(functionError, 'Unhandled');
  assert.partialDeepStrictEqual(payload, { errorMessage: 'no stock', errorType: 'java.lang.IllegalStateException' });
  assert.match(JSON.stringify(payload), /"stackTrace":\["shop\.Stock\.count\(Stock\.java:/);
});

test('an exit is an error of the runtime, and the next invocation works', async () => {
  const { payload } = await fn.invoke({ exit: true });
  assert.equal((payload as { errorType: string }).errorType, 'Runtime.ExitError');
  assert.partialDeepStrictEqual((await fn.invoke({})).payload, { asked: 1 });
});
