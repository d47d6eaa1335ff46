/** A function that turns to the Runtime API of another environment. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { AttackedDaemon } from './attacked-daemon.ts';

/** Asks the Runtime API at an address for the next event, as a runtime would. */
const thief = {
  'index.js': `
    const http = require('node:http');
    exports.handler = ({ address }) => new Promise((done) => {
      const request = http.get(\`http://\${address}/2018-06-01/runtime/invocation/next\`, { timeout: 2000 }, (reply) => {
        reply.resume().on('end', () => done({ status: reply.statusCode }));
      });
      request.on('error', ({ code }) => done({ code }));
      request.on('timeout', () => done({ code: 'it is let wait for an event' }));
    });`,
};

const victim = {
  'index.js': 'exports.handler = async (event) => ({ event, address: process.env.AWS_LAMBDA_RUNTIME_API });',
};

suite('a stranger at the Runtime API', { skip: process.platform !== 'linux' && 'needs /proc' }, () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  test('it is turned away, and the environment keeps its events', async () => {
    const { daemon } = attacked;
    const target = await daemon.function({ code: victim });
    const { address } = (await target.invoke({ n: 1 })).payload as { address: string };
    const attacker = await daemon.function({ code: thief, Timeout: 10 });
    assert.deepEqual((await attacker.invoke({ address })).payload, { code: 'ECONNRESET' });
    assert.deepEqual((await target.invoke({ n: 2 })).payload, { event: { n: 2 }, address });
    await attacked.stillServes();
  });
});
