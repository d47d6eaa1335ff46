/** Calls of the API that only read and keep records: against a raw echo, and in a full store against an empty one. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTestControlPlane, scope } from '../src/lambda/control-plane.fixture.ts';
import { settle } from '../src/lambda/pretended-data-plane.fixture.ts';
import { MemoryFunctionStore } from '../src/persistence/memory/function-store.ts';
import { zipOf } from '../test/kit/zip-of.ts';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { KeepAliveClient } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';
import { echo } from './warm-invoke.ts';

const rounds = 10;
const callsInRound = 300;
const empty = Buffer.alloc(0);

export async function controlPlane(): Promise<readonly Measure[]> {
  return [await readOverHttp(), ...(await readFromFullStore()), await createLarge()];
}

async function readOverHttp(): Promise<Measure> {
  await using daemon = await DaemonUnderTest.start();
  await daemon.create('echo', 'nodejs24.x', 'index.handler', echo);
  const floor = spawn(process.execPath, [fileURLToPath(new URL('floor/echo.mjs', import.meta.url))]);
  const [line] = (await once(floor.stdout, 'data')) as [Buffer];
  using client = new KeepAliveClient();
  const ours = { ...daemon.invocationOf('echo'), path: '/2015-03-31/functions/echo/configuration', method: 'GET' };
  // The floor moves as many bytes back as the answer has.
  const { body: answer } = await client.send(ours, empty);
  const calls = {
    ours: () => client.send(ours, empty),
    floor: () => client.send({ port: Number(line.toString()), path: '/' }, answer),
  };
  const times = { ours: [] as number[], floor: [] as number[] };
  for (let round = -1; round < rounds; round += 1) {
    for (const which of ['floor', 'ours'] as const) {
      for (let call = 0; call < callsInRound; call += 1) {
        const began = performance.now();
        await calls[which]();
        if (round >= 0) times[which].push(performance.now() - began);
      }
    }
  }
  floor.kill('SIGKILL');
  return {
    name: 'GetFunctionConfiguration, p50',
    value: median(times.ours),
    unit: 'ms',
    floor: median(times.floor),
    floorName: 'raw node:http echo of as many bytes',
    reach: { at: 'most', ratio: 2 },
  };
}

/** The operations themselves, without the wire, which would hide a difference. */
async function readFromFullStore(): Promise<readonly Measure[]> {
  const few = await store(10, 1);
  const many = await store(10_000, 10);
  await using _few = few.plane;
  await using _many = many.plane;
  const measures: Measure[] = [];
  for (const [name, call] of [
    ['GetFunction', (it) => it.operations.GetFunction({ FunctionName: 'function-00005' })],
    ['ListFunctions', (it) => it.operations.ListFunctions({ MaxItems: 10 })],
  ] as const satisfies readonly (readonly [string, (it: Store['plane']) => Promise<unknown>])[]) {
    const times = { few: [] as number[], many: [] as number[] };
    for (let round = -2; round < rounds; round += 1) {
      for (const [which, it] of [
        ['few', few.plane],
        ['many', many.plane],
      ] as const) {
        const began = performance.now();
        for (let n = 0; n < callsInRound; n += 1) await call(it);
        if (round >= 0) times[which].push(((performance.now() - began) * 1000) / callsInRound);
      }
    }
    measures.push({
      name: `${name} of 10,000 functions, 100,000 versions`,
      value: median(times.many) / 1000,
      unit: 'ms',
      floor: median(times.few) / 1000,
      floorName: 'of 10 functions',
      reach: { at: 'most', ratio: 2 },
    });
  }
  return measures;
}

interface Store {
  readonly plane: ReturnType<typeof openTestControlPlane>;
}

/** Records are copied into the store: creating them one by one would take longer than all the measurements. */
async function store(functions: number, versions: number): Promise<Store> {
  const kept = new MemoryFunctionStore();
  const plane = openTestControlPlane({ functions: kept });
  await plane.create('function-template');
  await settle();
  const record = kept.find(scope, 'function-template');
  if (record === undefined) throw new Error('the template was not created');
  for (let n = 0; n < functions; n += 1) {
    const name = `function-${String(n).padStart(5, '0')}` as typeof record.name;
    kept.put({ ...record, name, lastPublished: versions });
    for (let number = 1; number <= versions; number += 1) {
      const version = String(number) as typeof record.latest.version;
      kept.putVersion(scope, name, { ...record.latest, version });
    }
  }
  return { plane };
}

const largeSize = 49 * 1024 * 1024;

async function createLarge(): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdad-bench-'));
  const archives = join(folder, 'large.zip');
  await using daemon = await DaemonUnderTest.start();
  const times = { ours: [] as number[], floor: [] as number[] };
  using client = new KeepAliveClient();
  for (let round = 0; round < 5; round += 1) {
    // Random bytes do not shrink: the archive is as large as its file. Each round's is another.
    const zip = await zipOf({ 'index.js': 'exports.handler = async () => 1;\n', 'data.bin': randomBytes(largeSize) });
    await writeFile(archives, zip);
    const began = performance.now();
    execFileSync('sha256sum', [archives]);
    execFileSync('cp', [archives, join(folder, 'copy.zip')]);
    times.floor.push(performance.now() - began);
    const body = Buffer.from(
      JSON.stringify({
        FunctionName: `large-${round}`,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/bench',
        Code: { ZipFile: zip.toString('base64') },
      }),
    );
    const sent = performance.now();
    const { status } = await client.send({ ...daemon.invocationOf('x'), path: '/2015-03-31/functions' }, body);
    times.ours.push(performance.now() - sent);
    if (status !== 201) throw new Error(`CreateFunction answered ${status}`);
  }
  await rm(folder, { recursive: true, force: true });
  return {
    name: 'CreateFunction of a 50 MB zip',
    value: median(times.ours),
    unit: 'ms',
    floor: median(times.floor),
    floorName: 'sha256sum and cp of the file',
    reach: { at: 'most', ratio: 3 },
  };
}
