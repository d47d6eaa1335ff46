/** What functions in containers record for X-Ray reaches the daemon, and faults find their environments. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trace } from '../../src/tracing/trace-store.ts';
import { containerOf, startDockerDaemon } from './docker-daemon.ts';

const code = {
  'index.js': `const { createSocket } = require('node:dgram');
    exports.handler = async () => {
      const header = process.env._X_AMZN_TRACE_ID;
      const [, trace_id, parent_id] = /Root=([^;]+);Parent=([^;]+)/.exec(header);
      const now = Date.now() / 1000;
      const segment = { id: '00000000000000aa', name: 'inside', type: 'subsegment', trace_id, parent_id, start_time: now, end_time: now };
      const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(':');
      const socket = createSocket('udp4');
      await new Promise((sent) => socket.send('{"format":"json","version":1}\\n' + JSON.stringify(segment), Number(port), host, sent));
      socket.close();
      return trace_id;
    };`,
};

test('a subsegment sent from a container is in the trace of its invocation', async () => {
  await using daemon = await startDockerDaemon();
  const fn = await daemon.function({
    Runtime: 'nodejs24.x',
    MemorySize: 256,
    Timeout: 20,
    TracingConfig: { Mode: 'Active' },
    code,
  });
  const { payload } = await fn.invoke();
  let text = '';
  for (let tries = 0; tries < 3000 && !(text.includes('inside') && text.includes('Invocation')); tries += 1) {
    text = await (await daemon.fetch(`/_lambdad/traces/${String(payload)}`)).text();
  }
  const { documents } = JSON.parse(text) as Trace;
  const ofFunction = documents.find(({ origin }) => origin === 'AWS::Lambda::Function');
  const invocation = ofFunction?.subsegments?.find(({ name }) => name === 'Invocation');
  assert.deepEqual(
    invocation?.subsegments?.map(({ name }) => name),
    ['inside'],
  );
  const { environments } = (await (await daemon.fetch('/_lambdad/environments')).json()) as {
    environments: { container: string; id: string }[];
  };
  assert.equal(environments[0]?.container, await containerOf(fn.name));
  await daemon.fetch(`/_lambdad/environments/${environments[0]?.id}`, { method: 'DELETE' });
  assert.deepEqual(
    ((await (await daemon.fetch('/_lambdad/environments')).json()) as { environments: [] }).environments,
    [],
  );
});
