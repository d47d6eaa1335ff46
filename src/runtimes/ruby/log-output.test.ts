/** Tests of what a Ruby function's prints and loggers write, in both log formats. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestId } from '../test-kit/scripted-runtime-api.ts';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'ruby3.4';

test('prints and log records come out in order, with time and request id on the records', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.rb': `
LOG = Logger.new($stdout)
def handler(event:, context:)
  puts 'printed'
  LOG.info('two\\nlines')
  Logger.new($stdout, formatter: proc { |_, _, _, message| "own #{message}\\n" }).warn('format')
  print 'no end of line'
end
`.replace("'two\\nlines'", '"two\\nlines"'),
    },
  });
  await fn.invoke({});
  const output = (await fn.process.stop()).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6} #\d+/, '<time> #<pid>');
  assert.deepEqual(output.split('\n'), [
    'printed',
    `I, [<time> #<pid>]  INFO ${requestId(1)} -- : two\rlines`,
    'own format',
    'no end of line',
  ]);
});

test('an error is one event in the text format', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: { 'index.rb': 'def handler(event:, context:)\n  raise "as asked"\nend\n' },
  });
  await fn.invoke({});
  const lines = (await fn.process.stop()).trimEnd().split('\n');
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^Error raised from handler method\r\{\r {2}"errorMessage": "as asked",/);
});

test('the JSON log format filters by level and spells out errors', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    env: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' },
    files: {
      'index.rb': `
def handler(event:, context:)
  log = Logger.new($stdout, progname: 'shop')
  log.info('dropped')
  log.warn('kept')
  raise ArgumentError, 'as asked'
end
`,
    },
  });
  await fn.invoke({});
  const lines = (await fn.process.stop())
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  assert.equal(lines.length, 2);
  assert.partialDeepStrictEqual(lines, [
    { level: 'WARN', message: 'kept', requestId: requestId(1), logger: 'shop' },
    {
      level: 'ERROR',
      message: 'Error raised from handler method',
      requestId: requestId(1),
      errorType: 'Function<ArgumentError>',
      errorMessage: 'as asked',
    },
  ]);
});
