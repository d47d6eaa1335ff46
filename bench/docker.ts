/**
 * Functions in containers, against `docker run` of the same image and against two raw hops, one of them
 * over the bridge. The image is
 * that of the tests, with AWS's own runtime interface client in it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureDockerEngine } from '../test/images/ensure-docker-engine.ts';
import { runtimeImage } from '../test/images/runtime-image.ts';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { Floor, type StartRuntime } from './floor/floor.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';
import { echo } from './warm-invoke.ts';

const coldRounds = 12;
const warmRounds = 10;
const callsOfARound = 300;
const event = Buffer.from('{"hello":"world"}');

export async function inDocker(): Promise<readonly Measure[]> {
  const { host, image, settings } = await runtimeImage();
  return [await cold(host, image, settings), await warm(host, image, settings)];
}

/** Whether there is an engine to measure, or one can be started. */
export const hasDocker = (): Promise<boolean> =>
  ensureDockerEngine().then(
    (test) => {
      test[Symbol.dispose]();
      return true;
    },
    () => false,
  );

type Settings = Readonly<Record<string, string>>;

async function cold(host: string, image: string, settings: Settings): Promise<Measure> {
  await using daemon = await DaemonUnderTest.start({ ...settings, LAMBDA_KEEPALIVE_MS: '0' });
  await daemon.create('cold', 'nodejs24.x', 'index.handler', echo);
  using client = new KeepAliveClient();
  const container = 'lambdad-bench';
  const run = ['run', '--name', container, '--entrypoint', '/var/lang/bin/node', image, '-e', '0'];
  const times = { ours: [] as number[], floor: [] as number[] };
  for (let round = -2; round < coldRounds; round += 1) {
    const ours = await timed(() => invoke(client, daemon.invocationOf('cold')));
    await daemon.quiet();
    const floor = await timed(() => docker(host, run));
    await docker(host, ['rm', container]);
    if (round < 0) continue;
    times.ours.push(ours);
    times.floor.push(floor);
  }
  return {
    name: 'cold start in Docker, Node.js echo, p50',
    value: median(times.ours),
    unit: 'ms',
    floor: median(times.floor),
    floorName: 'docker run … node -e 0',
    reach: { at: 'most', ratio: 1.3 },
  };
}

async function docker(host: string, command: readonly string[]): Promise<void> {
  const [code] = (await once(spawn('docker', ['--host', host, ...command], { stdio: 'ignore' }), 'exit')) as [number];
  if (code !== 0) throw new Error(`docker ${command.join(' ')} ended with ${code}`);
}

/** The runtime side of the floor where functions are: in a container of the same image. */
const inContainer =
  (host: string, image: string): StartRuntime =>
  (folder, port) => {
    const gateway = 'host.docker.internal';
    const network = ['--add-host', `${gateway}:host-gateway`];
    const program = ['--entrypoint', '/var/lang/bin/node', image, '/floor/waiting-client.mjs', String(port), gateway];
    const run = ['run', '--rm', '--init', ...network, '--volume', `${folder}:/floor:ro`, ...program];
    return spawn('docker', ['--host', host, ...run], { stdio: 'inherit' });
  };

async function warm(host: string, image: string, settings: Settings): Promise<Measure> {
  await using daemon = await DaemonUnderTest.start(settings);
  await daemon.create('warm', 'nodejs24.x', 'index.handler', echo);
  await using floor = await Floor.start(1, inContainer(host, image), '0.0.0.0');
  using client = new KeepAliveClient();
  const ours = daemon.invocationOf('warm');
  const times = { ours: [] as number[], floor: [] as number[] };
  for (let round = -1; round < warmRounds; round += 1) {
    for (let call = 0; call < callsOfARound; call += 1) {
      const took = await timed(() => invoke(client, floor.target));
      if (round >= 0) times.floor.push(took);
    }
    for (let call = 0; call < callsOfARound; call += 1) {
      const took = await timed(() => invoke(client, ours));
      if (round >= 0) times.ours.push(took);
    }
  }
  return {
    name: 'warm Invoke in Docker, echo, one client, p50',
    value: median(times.ours),
    unit: 'ms',
    floor: median(times.floor),
    floorName: 'two raw node:http hops, one over the bridge',
    reach: { at: 'most', ratio: 2 },
  };
}

async function invoke(client: KeepAliveClient, target: Target): Promise<void> {
  const answer = await client.send(target, event);
  if (answer.status !== 200 || answer.body.length < event.length) throw new Error(answer.body.toString());
}

async function timed(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
