/** How fast the built daemon answers its first request, and what it holds in memory when idle. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { DaemonUnderTest } from './daemon-under-test.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';

const rounds = 10;

export async function daemonStart(): Promise<readonly Measure[]> {
  const ours: number[] = [];
  const floor: number[] = [];
  const memory: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const began = performance.now();
    await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
    const bare = performance.now() - began;
    await using daemon = await DaemonUnderTest.start();
    if (round < 0) continue;
    floor.push(bare);
    ours.push(daemon.startedAfter);
    if (round % 5 === 0) {
      await delay(1000);
      memory.push(await daemon.memory());
    }
  }
  return [
    {
      name: 'lambdad start (built) until a request is answered',
      value: median(ours),
      unit: 'ms',
      floor: median(floor),
      floorName: 'node -e 0',
      reach: { at: 'most', ratio: 5 },
    },
    {
      name: 'daemon memory when idle',
      value: median(memory),
      unit: 'MB',
      floor: undefined,
      floorName: 'resident',
      reach: { at: 'most', value: 100 },
    },
  ];
}
