/** `lambdad dev` on an empty cache, from the command to the first answer of the URL, against a cold start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { built, DaemonUnderTest, freePort } from './daemon-under-test.ts';
import { KeepAliveClient } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';

const rounds = 9;
const code = 'exports.handler = async (event) => event;\n';

export async function dev(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdad-bench-dev-'));
  try {
    await writeFile(join(folder, 'index.js'), code);
    const ours: number[] = [];
    const floor: number[] = [];
    await using daemon = await DaemonUnderTest.start({ LAMBDA_KEEPALIVE_MS: '0' });
    await daemon.create('cold', 'nodejs24.x', 'index.handler', { 'index.js': 'exports.handler = async (e) => e;' });
    for (let round = -1; round < rounds; round += 1) {
      const [took, cold] = [await fromCommandToAnswer(folder), await coldStart(daemon)];
      if (round >= 0) {
        ours.push(took);
        floor.push(cold);
      }
    }
    return [
      {
        name: 'lambdad dev, command to first answer of the URL, p50',
        value: median(ours),
        unit: 'ms',
        floor: median(floor),
        floorName: 'cold start',
        reach: { at: 'most', ratio: 5 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fromCommandToAnswer(folder: string): Promise<number> {
  const [port, data] = [await freePort(), await mkdtemp(join(tmpdir(), 'lambdad-bench-dev-data-'))];
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: '',
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    LAMBDAD_DATA_DIR: data,
    LAMBDA_RUNTIME_EXECUTOR: 'host',
  };
  const began = performance.now();
  const child = spawn(process.execPath, [built, 'dev', folder], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const host = await urlHost(createInterface(child.stdout));
    using client = new KeepAliveClient();
    const answer = await client.send({ port, path: '/', headers: { host } }, Buffer.from(''));
    if (answer.status !== 200) throw new Error(`the URL answered ${answer.status}: ${answer.body.toString()}`);
    return performance.now() - began;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
}

async function urlHost(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) if (line.includes('.lambda-url.')) return new URL(line.trim()).host;
  throw new Error('no URL was printed');
}

async function coldStart(daemon: DaemonUnderTest): Promise<number> {
  using client = new KeepAliveClient();
  const began = performance.now();
  await client.send(daemon.invocationOf('cold'), Buffer.from('{}'));
  const took = performance.now() - began;
  await daemon.quiet();
  return took;
}
