import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuntimeId } from '../lambda/function/function-version.ts';
import { debugProtocolOf, debugpyVariables, inspectorFlags, jdwpFlag } from './debugger-launch.ts';

const debug = { port: 9229, wait: false };
const waiting = { port: 9229, wait: true };

test('each runtime has its protocol, or none', () => {
  const protocolOf = (runtime: string) => debugProtocolOf(runtime as RuntimeId);
  assert.equal(protocolOf('nodejs24.x'), 'inspector');
  assert.equal(protocolOf('python3.13'), 'debugpy');
  assert.equal(protocolOf('java21'), 'jdwp');
  assert.equal(protocolOf('ruby3.4'), undefined);
  assert.equal(protocolOf('provided.al2023'), undefined);
  assert.equal(debugProtocolOf(undefined), undefined);
});

test('Node.js waits without stopping where it can', () => {
  assert.equal(inspectorFlags(debug, '127.0.0.1', '24.1.0')[0], '--inspect=127.0.0.1:9229');
  assert.equal(inspectorFlags(waiting, '127.0.0.1', '24.1.0')[0], '--inspect-wait=127.0.0.1:9229');
  assert.equal(inspectorFlags(waiting, '0.0.0.0', '20.x')[0], '--inspect-wait=0.0.0.0:9229');
  assert.equal(inspectorFlags(waiting, '127.0.0.1', '18.20.8')[0], '--inspect-brk=127.0.0.1:9229');
});

test('Java is suspended when it is to wait', () => {
  assert.match(jdwpFlag(debug, '0.0.0.0'), /suspend=n,address=0\.0\.0\.0:9229$/);
  assert.match(jdwpFlag(waiting, '127.0.0.1'), /suspend=y,address=127\.0\.0\.1:9229$/);
});

test('Python finds our file before all others', () => {
  assert.deepEqual(debugpyVariables(waiting, '127.0.0.1', '/var/runtime/debugger', '/opt/python:/var/runtime'), {
    LAMBDAD_DEBUGPY: '127.0.0.1:9229:wait',
    PYTHONPATH: '/var/runtime/debugger:/opt/python:/var/runtime',
  });
  assert.equal(debugpyVariables(debug, '0.0.0.0', '/d', undefined)['PYTHONPATH'], '/d');
});
