/** A warm invocation of an echo function against the same two hops done with nothing in between. */
import { DaemonUnderTest } from './daemon-under-test.ts';
import { Floor } from './floor/floor.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';

const event = Buffer.from(JSON.stringify({ key1: 'value1', key2: 'value2', nested: { list: [1, 2, 3] } }));
const rounds = 10;
const callsOfOneClient = 400;
const callsOfEachOfMany = 120;
const clients = 16;

export const echo = { 'index.js': 'exports.handler = async (event) => event;\n' };

export async function warmInvoke(): Promise<readonly Measure[]> {
  await using daemon = await DaemonUnderTest.start();
  await daemon.create('echo', 'nodejs24.x', 'index.handler', echo);
  const ours = daemon.invocationOf('echo');
  const latency = await latencies(ours);
  const rate = await rates(ours);
  return [
    {
      name: 'warm Invoke, echo, one client, p50',
      value: latency.ours,
      unit: 'ms',
      floor: latency.floor,
      floorName: 'two raw node:http hops',
      reach: { at: 'most', ratio: 2 },
    },
    {
      name: 'warm Invoke, echo, 16 clients',
      value: rate.ours,
      unit: '/s',
      floor: rate.floor,
      floorName: 'the same hops with 16',
      reach: { at: 'least', ratio: 0.8 },
    },
  ];
}

interface Pair {
  readonly ours: number;
  readonly floor: number;
}

async function latencies(ours: Target): Promise<Pair> {
  await using floor = await Floor.start(1);
  using client = new KeepAliveClient();
  const times = { ours: [] as number[], floor: [] as number[] };
  await timed(client, floor.target, callsOfOneClient);
  await timed(client, ours, callsOfOneClient);
  // In turns, so that a machine whose speed drifts treats both alike.
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(...(await timed(client, floor.target, callsOfOneClient)));
    times.ours.push(...(await timed(client, ours, callsOfOneClient)));
  }
  return { ours: median(times.ours), floor: median(times.floor) };
}

/** @returns milliseconds of each call */
export async function timed(client: KeepAliveClient, target: Target, calls: number): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const began = performance.now();
    const answer = await client.send(target, event);
    times.push(performance.now() - began);
    if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body.toString()}`);
  }
  return times;
}

async function rates(ours: Target): Promise<Pair> {
  await using floor = await Floor.start(clients);
  const results = { ours: [] as number[], floor: [] as number[] };
  await together(floor.target);
  await together(ours);
  for (let round = 0; round < rounds; round += 1) {
    results.floor.push(await together(floor.target));
    results.ours.push(await together(ours));
  }
  return { ours: median(results.ours), floor: median(results.floor) };
}

/** @returns calls per second of all clients together */
async function together(target: Target): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      using client = new KeepAliveClient();
      await timed(client, target, callsOfEachOfMany);
    }),
  );
  return (clients * callsOfEachOfMany * 1000) / (performance.now() - began);
}
