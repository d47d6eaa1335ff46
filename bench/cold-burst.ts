/** A hundred cold starts at once, against as many interpreters that do nothing, as many of them at a time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { KeepAliveClient } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';
import { echo } from './warm-invoke.ts';

const starts = 100;
/** As many environments as the daemon starts at a time. */
const atATime = 8;
const rounds = 5;
const event = Buffer.from('{"hello":"world"}');

export async function coldBurst(): Promise<readonly Measure[]> {
  await using daemon = await DaemonUnderTest.start({ LAMBDA_KEEPALIVE_MS: '0' });
  await daemon.create('burst', 'nodejs24.x', 'index.handler', echo);
  const target = daemon.invocationOf('burst');
  const clients = Array.from({ length: starts }, () => new KeepAliveClient());
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const began = performance.now();
    const answers = await Promise.all(clients.map((client) => client.send(target, event)));
    const took = performance.now() - began;
    const failed = answers.find(({ status, body }) => status !== 200 || body.length < event.length);
    if (failed !== undefined) throw new Error(String(failed.body));
    await daemon.quiet();
    const bareTook = await bareBurst();
    if (round < 0) continue;
    ours.push(took);
    floor.push(bareTook);
  }
  for (const client of clients) client[Symbol.dispose]();
  return [
    {
      name: `${starts} cold starts at once, Node.js echo, in the sandbox`,
      value: median(ours),
      floor: median(floor),
      unit: 'ms',
      floorName: `${starts} times node -e 0, ${atATime} at a time`,
      reach: { at: 'most', ratio: 1.5 },
    },
  ];
}

/** Started by a process that does nothing else, as the daemon's would be. */
async function bareBurst(): Promise<number> {
  const began = performance.now();
  let left = starts;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return performance.now() - began;
}
