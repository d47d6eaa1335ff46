/** A cold start, from the request to the first response, against an interpreter that is started and does nothing. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';
import { echo } from './warm-invoke.ts';

const rounds = 20;
const event = Buffer.from('{"hello":"world"}');

export async function coldStart(): Promise<readonly Measure[]> {
  // Each invocation gets an environment of its own.
  await using daemon = await DaemonUnderTest.start({ LAMBDA_KEEPALIVE_MS: '0' });
  await daemon.create('cold-node', 'nodejs24.x', 'index.handler', echo);
  await daemon.create('cold-python', 'python3.13', 'app.handler', {
    'app.py': 'def handler(event, context):\n    return event\n',
  });
  const node = await compared(daemon, daemon.invocationOf('cold-node'), [process.execPath, '-e', '0']);
  const python = await compared(daemon, daemon.invocationOf('cold-python'), [pythonOf(), '-c', '0']);
  return [
    {
      name: 'cold start, Node.js echo, in the sandbox, p50',
      ...node,
      unit: 'ms',
      floorName: 'node -e 0',
      reach: { at: 'most', ratio: 1.6 },
    },
    {
      name: 'cold start, Python echo, in the sandbox, p50',
      ...python,
      unit: 'ms',
      floorName: 'python3 -c 0',
      reach: { at: 'most', ratio: 2.5 },
    },
  ];
}

async function compared(
  daemon: DaemonUnderTest,
  target: Target,
  bare: readonly [string, ...string[]],
): Promise<{ value: number; floor: number }> {
  using client = new KeepAliveClient();
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const began = performance.now();
    const answer = await client.send(target, event);
    const took = performance.now() - began;
    if (answer.status !== 200 || answer.body.length < event.length) throw new Error(String(answer.body));
    await daemon.quiet();
    const bareTook = await spawned(bare);
    if (round < 0) continue;
    ours.push(took);
    floor.push(bareTook);
  }
  return { value: median(ours), floor: median(floor) };
}

async function spawned([command, ...args]: readonly [string, ...string[]]): Promise<number> {
  const began = performance.now();
  await once(spawn(command, args, { stdio: 'ignore' }), 'exit');
  return performance.now() - began;
}

/** The interpreter itself: a version switcher's shim would make the floor higher than it is. */
const pythonOf = (): string =>
  execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
