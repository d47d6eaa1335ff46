/** From the write of a file to the first answer of the new code, in a folder of 5,000 files. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { KeepAliveClient } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';

const files = 5000;
const folders = 100;
const rounds = 30;

const code = (round: number): string => `exports.handler = async () => ${round};\n`;

export async function hotReload(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdad-bench-reload-'));
  try {
    await fill(folder);
    await using daemon = await DaemonUnderTest.start({ LS_LOG: 'warn' });
    await daemon.create('live', 'nodejs24.x', 'index.handler', { S3Bucket: 'hot-reload', S3Key: folder });
    return [
      {
        name: 'hot reload, write to new code answering, p50',
        value: median(await times(folder, daemon)),
        unit: 'ms',
        floor: undefined,
        floorName: `folder of ${files} files`,
        reach: { at: 'most', value: 100 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fill(folder: string): Promise<void> {
  for (let n = 0; n < folders; n += 1) {
    const inner = join(folder, `part-${n}`);
    await mkdir(inner);
    const each = Array.from({ length: files / folders }, (_, file) => join(inner, `module-${file}.js`));
    await Promise.all(each.map((path) => writeFile(path, `exports.path = ${JSON.stringify(path)};\n`.repeat(20))));
  }
  await writeFile(join(folder, 'index.js'), code(0));
}

async function times(folder: string, daemon: DaemonUnderTest): Promise<readonly number[]> {
  using client = new KeepAliveClient();
  const target = daemon.invocationOf('live');
  const answer = async (): Promise<string> => (await client.send(target, Buffer.from('{}'))).body.toString();
  await answer();
  const measured: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const began = performance.now();
    await writeFile(join(folder, 'index.js'), code(round));
    while ((await answer()) !== String(round)) {
      // Old code, still.
    }
    measured.push(performance.now() - began);
  }
  return measured;
}
