/** What one warm environment costs the daemon: its listener, its connection and its record, not the function's process. */
import { setTimeout as delay } from 'node:timers/promises';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';

const environments = 100;

/** Waits long enough for all to run at once. */
const slow = {
  'index.js': 'exports.handler = (event) => new Promise((done) => setTimeout(done, event.wait, event));\n',
};

export async function environmentMemory(): Promise<readonly Measure[]> {
  await using daemon = await DaemonUnderTest.start();
  await daemon.create('slow', 'nodejs24.x', 'index.handler', slow);
  const target = daemon.invocationOf('slow');
  // What the code paths themselves take is not what an environment takes.
  await atOnce(target, 4, 500);
  const before = await settledMemory(daemon);
  await atOnce(target, environments, 15_000);
  const after = await settledMemory(daemon);
  return [
    {
      name: 'daemon memory per warm environment, of 100',
      value: ((after - before) * 1024) / environments,
      unit: 'KB',
      floor: undefined,
      floorName: `resident ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`,
      reach: { at: 'most', value: 200 },
    },
  ];
}

async function atOnce(target: Target, count: number, wait: number): Promise<void> {
  const body = Buffer.from(JSON.stringify({ wait }));
  await Promise.all(
    Array.from({ length: count }, async () => {
      using client = new KeepAliveClient();
      const answer = await client.send(target, body);
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body.toString()}`);
    }),
  );
}

async function settledMemory(daemon: DaemonUnderTest): Promise<number> {
  await delay(3000);
  return daemon.memory();
}
