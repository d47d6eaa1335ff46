/** Ruby functions through the API. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';

suite('Ruby', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  test('a handler answers, stays warm, and finds its own gems', async () => {
    const fn = await lambdad.function({
      Runtime: 'ruby3.4',
      Handler: 'app.Shop.sell',
      code: {
        'app.rb': `
require 'json'
require 'openssl'
require 'greeting'
module Shop
  @sold = 0
  def self.sell(event:, context:)
    { sold: @sold += 1, event: event, name: context.function_name, greeting: Greeting::TEXT,
      gem: ENV['GEM_PATH'].split(':').first, lib: ENV['RUBYLIB'].split(':').first, at: Dir.pwd }
  end
end
`,
        'greeting.rb': "module Greeting\n  TEXT = 'grüezi'\nend\n",
      },
    });
    await fn.invoke({});
    assert.deepEqual((await fn.invoke({ a: 'é' })).payload, {
      sold: 2,
      event: { a: 'é' },
      name: fn.name,
      greeting: 'grüezi',
      gem: '/var/task/vendor/bundle/ruby/3.4.0',
      lib: '/var/task',
      at: '/var/task',
    });
  });

  test('an error has type, message and the frames of the function', async () => {
    const code = { 'index.rb': 'def handler(event:, context:)\n  raise ArgumentError, "no stock"\nend\n' };
    const fn = await lambdad.function({ Runtime: 'ruby3.3', code });
    const { functionError, payload, log } = await fn.invoke({}, { LogType: 'Tail' });
    assert.equal(functionError, 'Unhandled');
    assert.partialDeepStrictEqual(payload, { errorMessage: 'no stock', errorType: 'Function<ArgumentError>' });
    assert.match(JSON.stringify(payload), /"stackTrace":\["\/var\/task\/index\.rb:2:in [^"]*"\]/);
    assert.match(log, /\nError raised from handler method\n\{\n {2}"errorMessage": "no stock",/);
  });

  test('what cannot be loaded is an error of the init phase', async () => {
    const fn = await lambdad.function({ Runtime: 'ruby3.2', code: { 'index.rb': "require 'nowhere'\n" } });
    const { functionError, payload } = await fn.invoke();
    assert.equal(functionError, 'Unhandled');
    assert.partialDeepStrictEqual(payload, { errorType: 'Init<LoadError>' });
  });

  test('a time-out ends the process, and the next invocation has a new one', async () => {
    const fn = await lambdad.function({
      Runtime: 'ruby3.4',
      Timeout: 1,
      code: { 'index.rb': 'def handler(event:, context:)\n  sleep if event\n  $calls = ($calls || 0) + 1\nend\n' },
    });
    assert.equal((await fn.invoke(false)).payload, 1);
    assert.partialDeepStrictEqual((await fn.invoke(true)).payload, { errorType: 'Sandbox.Timedout' });
    assert.equal((await fn.invoke(false)).payload, 1);
  });
});
