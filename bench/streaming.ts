/** Function URLs: the first byte of a stream, two hundred megabytes of one, and an answer that is none. */
import { setTimeout as delay } from 'node:timers/promises';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { Floor } from './floor/floor.ts';
import { ProxiedStream } from './floor/proxied-stream.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';
import { StreamClient } from './stream-client.ts';
import { echo, timed } from './warm-invoke.ts';

const rounds = 10;
const callsOfRound = 100;
const megabyte = 1024 * 1024;
/** All that a function may stream, less the chunk that tells the time. */
const size = 200 * megabyte - 64 * 1024;
const wholeRounds = 5;
/** Milliseconds between two looks at the memory. */
const lookEvery = 20;

/** Does what the server of the floor does. */
const stream = {
  'index.js': `
    const part = Buffer.alloc(64 * 1024);
    exports.handler = awslambda.streamifyResponse(async ({ rawPath }, stream) => {
      stream.write(String(process.hrtime.bigint()));
      for (let left = Number(rawPath.slice(1)); left > 0; left -= part.length) {
        if (!stream.write(part)) await new Promise((go) => stream.once('drain', go));
      }
      stream.end();
    });\n`,
};

export async function streaming(): Promise<readonly Measure[]> {
  await using daemon = await DaemonUnderTest.start({ LS_LOG: 'warn' });
  await daemon.create('stream', 'nodejs24.x', 'index.handler', stream);
  await daemon.create('echo', 'nodejs24.x', 'index.handler', echo);
  const ours = await daemon.urlOf('stream', 'RESPONSE_STREAM');
  await using floor = await ProxiedStream.start();
  const raw = { port: floor.port, path: '/' };
  const first = await firstBytes(ours, raw);
  const whole = await wholeStreams(daemon, ours, raw);
  const url = await urlCalls(await daemon.urlOf('echo', 'BUFFERED'));
  const proxy = 'one raw node:http proxy';
  return [
    {
      name: 'first byte of a streamed URL answer, p50',
      value: first.ours,
      unit: 'ms',
      floor: first.floor,
      floorName: proxy,
      reach: { at: 'most', ratio: 2 },
    },
    {
      name: '200 MB streamed by a URL',
      value: whole.ours,
      unit: 'MB/s',
      floor: whole.floor,
      floorName: proxy,
      reach: { at: 'least', ratio: 0.5 },
    },
    {
      name: 'daemon memory while it streams 200 MB',
      value: whole.growth,
      unit: 'MB',
      floor: undefined,
      floorName: 'above what it had before',
      reach: { at: 'most', value: 20 },
    },
    {
      name: 'warm call of a function URL, echo, p50',
      value: url.ours,
      unit: 'ms',
      floor: url.floor,
      floorName: 'two raw node:http hops',
      reach: { at: 'most', ratio: 2.2 },
    },
  ];
}

interface Pair {
  readonly ours: number;
  readonly floor: number;
}

// All in turns, so that a machine whose speed drifts treats both alike.

async function firstBytes(ours: Target, raw: Target): Promise<Pair> {
  using client = new StreamClient();
  using rawClient = new StreamClient();
  const times = { ours: [] as number[], floor: [] as number[] };
  const some = async (of: StreamClient, target: Target): Promise<number[]> => {
    const found: number[] = [];
    for (let call = 0; call < callsOfRound; call += 1) found.push((await of.read(target)).firstByte);
    return found;
  };
  await some(client, ours);
  await some(rawClient, raw);
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(...(await some(rawClient, raw)));
    times.ours.push(...(await some(client, ours)));
  }
  return { ours: median(times.ours), floor: median(times.floor) };
}

async function wholeStreams(daemon: DaemonUnderTest, ours: Target, raw: Target): Promise<Pair & { growth: number }> {
  const rates = { ours: [] as number[], floor: [] as number[] };
  const rate = async (target: Target): Promise<number> => {
    using client = new StreamClient();
    const { bytes, whole } = await client.read({ ...target, path: `/${size}` });
    if (bytes < size) throw new Error(`only ${bytes} bytes came`);
    return (bytes / megabyte / whole) * 1000;
  };
  await rate(raw);
  const before = await daemon.memory();
  await using watch = new MemoryWatch(daemon);
  for (let round = 0; round < wholeRounds; round += 1) {
    rates.floor.push(await rate(raw));
    rates.ours.push(await rate(ours));
  }
  return { ours: median(rates.ours), floor: median(rates.floor), growth: (await watch.end()) - before };
}

/** Looks at the daemon's memory again and again, and keeps the most that it saw. */
class MemoryWatch implements AsyncDisposable {
  #most = 0;
  #ended = false;
  readonly #looking: Promise<void>;

  constructor(daemon: DaemonUnderTest) {
    this.#looking = this.#look(daemon);
  }

  async end(): Promise<number> {
    this.#ended = true;
    await this.#looking;
    return this.#most;
  }

  async #look(daemon: DaemonUnderTest): Promise<void> {
    while (!this.#ended) {
      this.#most = Math.max(this.#most, await daemon.memory());
      await delay(lookEvery);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

async function urlCalls(ours: Target): Promise<Pair> {
  await using floor = await Floor.start(1);
  using client = new KeepAliveClient();
  const times = { ours: [] as number[], floor: [] as number[] };
  await timed(client, floor.target, callsOfRound);
  await timed(client, ours, callsOfRound);
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(...(await timed(client, floor.target, callsOfRound)));
    times.ours.push(...(await timed(client, ours, callsOfRound)));
  }
  return { ours: median(times.ours), floor: median(times.floor) };
}
