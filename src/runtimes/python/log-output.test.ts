/** Tests of what a Python function's prints and loggers write, in both log formats. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'python3.13';

test('prints and log records come out in order, with time and request id on the records', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.py': `
import logging, logging.config
logger = logging.getLogger()
logger.setLevel(logging.INFO)
logger.warning("loading")
def handler(event, context):
    print("printed")
    logger.info("%d items", 3)
    logger.debug("dropped")
    context.log("by context\\n")
    print("no end of line", end="")
    return len(logger.handlers)
`,
    },
  });
  assert.equal((await fn.invoke({})).body.toString(), '1');
  const output = (await fn.process.stop()).replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>');
  assert.deepEqual(output.split('\n'), [
    '[WARNING]\t<time>\t\tloading',
    'printed',
    `[INFO]\t<time>\t${requestId(1)}\t3 items`,
    'by context',
    'no end of line',
  ]);
});

test('the JSON log format filters by level and spells out errors and extras', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    env: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' },
    files: {
      'index.py': `
import logging
logger = logging.getLogger("shop")
def handler(event, context):
    logger.info("dropped")
    logger.warning("low %s", "stock", extra={"sku": 7})
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("caught")
    raise ValueError("thrown")
`,
    },
  });
  await fn.invoke({});
  const lines = (await fn.process.stop()).trimEnd().split('\n');
  const [warning, caught, thrown] = lines.map((line): Record<string, unknown> => JSON.parse(line));
  const { timestamp, ...rest } = warning ?? {};
  assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(rest, { level: 'WARNING', message: 'low stock', logger: 'shop', requestId: requestId(1), sku: 7 });
  assert.partialDeepStrictEqual(caught, { level: 'ERROR', message: 'caught', errorType: 'ZeroDivisionError' });
  assert.partialDeepStrictEqual(thrown, { log_level: 'ERROR', errorType: 'ValueError', errorMessage: 'thrown' });
  assert.equal(lines.length, 3);
});

test('a function that does not log does not pay for importing it', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.py':
        'import sys\ndef handler(event, context): return [n for n in ["logging", "json", "socket"] if n in sys.modules]',
    },
  });
  assert.equal((await fn.invoke({})).body.toString(), '[]');
});
