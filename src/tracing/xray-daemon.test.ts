import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { loopback } from '../executors/runtime-api-host.ts';
import { silentLogger } from '../kernel/logger.ts';
import type { SegmentDocument } from './segment-document.ts';
import { XRayDaemon } from './xray-daemon.ts';

const segment = {
  id: '53995c3f42cd8ad8',
  name: 'é'.repeat(20_000),
  trace_id: '1-5759e988-bd862e3fe1be46a994272793',
  start_time: 1.5,
};
const header = '{"format": "json", "version": 1}\n';

test('segments are taken from datagrams, and the first datagram that is none is told', async () => {
  const taken: SegmentDocument[] = [];
  const warnings: string[] = [];
  await using daemon = new XRayDaemon({
    sink: { take: (document) => void taken.push(document) },
    logger: { ...silentLogger, warn: (message) => void warnings.push(message) },
  });
  await Promise.all([daemon.open(loopback), daemon.open(loopback)]);
  const port = Number(daemon.address?.split(':')[1]);
  const sender = createSocket('udp4');
  const nothing = ['', header, `${header}{}`, JSON.stringify(segment), '{"format":"json"', `${header}[`, 'T1S\u0000'];
  for (const text of nothing) sender.send(text, port, '127.0.0.1');
  for (const start of [header, '{"format":"json","version":1}\n']) {
    sender.send(start + JSON.stringify(segment), port, '127.0.0.1');
  }
  await eventually(() => taken.length === 2, 'both segments come');
  sender.close();
  assert.deepEqual(taken, [segment, segment]);
  assert.deepEqual(warnings.length, 1);
});

test('without a port what functions record is lost, which is said', async () => {
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  await using daemon = new XRayDaemon({ sink: { take() {} }, logger });
  await daemon.open({ listen: '203.0.113.1', advertise: '203.0.113.1' });
  assert.equal(daemon.address, undefined);
  assert.match(warnings.join(), /no UDP port/);
});
