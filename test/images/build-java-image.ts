/**
 * Run as a process of its own, with the address of an engine and a name: makes the image for Java functions. Java is
 * Debian's, so that it suits the image whatever this machine is; its package is only unpacked.
 */
import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tarOf } from '../../src/executors/docker/tar-archive.ts';
import { runProgram } from '../kit/run-program.ts';
import { engineAt } from './ensure-docker-engine.ts';
import { fetchedJavaClient } from './java-client.ts';
import { javaImageName } from './java-image.ts';
import { imageCache, runtimeImageName } from './runtime-image.ts';

const [, , host, name = javaImageName()] = process.argv;
const runtime = 'openjdk-17-jre-headless';

const bootstrap = `#!/bin/sh
# AWS's own runtime interface client, unchanged.
exec /var/lang/bin/java "-XX:MaxHeapSize=$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 85 / 100))m" -XX:+UseSerialGC \\
  -XX:TieredStopAtLevel=1 -Xshare:auto -cp '/var/runtime/lib/*' \\
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
`;

const root = await mkdtemp(join(imageCache, 'java-root-'));
try {
  const [java, client] = await Promise.all([unpackedJava(), fetchedJavaClient()]);
  await cp(java, root, { recursive: true, verbatimSymlinks: true });
  await mkdir(join(root, 'var/lang/bin'), { recursive: true });
  await mkdir(join(root, 'var/runtime'), { recursive: true });
  const [home = ''] = (await readdir(join(root, 'usr/lib/jvm'))).filter((folder) => folder.startsWith('java-17'));
  await symlink(`/usr/lib/jvm/${home}/bin/java`, join(root, 'var/lang/bin/java'));
  await cp(join(client, 'lib'), join(root, 'var/runtime/lib'), { recursive: true });
  await writeFile(join(root, 'var/runtime/bootstrap'), bootstrap, { mode: 0o755 });
  await commit();
} finally {
  await rm(root, { recursive: true, force: true });
}

/** A folder with the files of the package alone, from the cache or made. */
async function unpackedJava(): Promise<string> {
  const folder = join(imageCache, runtime);
  if ((await readdir(imageCache)).includes(runtime)) return folder;
  const packages = await mkdtemp(join(imageCache, 'packages-'));
  const draft = `${folder}.draft`;
  try {
    await run('debootstrap', '--download-only', '--variant=minbase', `--include=${runtime}`, 'bookworm', packages);
    const archives = join(packages, 'var/cache/apt/archives');
    const [archive = ''] = (await readdir(archives)).filter((file) => file.startsWith(`${runtime}_`));
    await rm(draft, { recursive: true, force: true });
    await run('dpkg-deb', '--extract', join(archives, archive), draft);
    await rm(join(draft, 'usr/share'), { recursive: true });
    await rename(draft, folder);
  } finally {
    await rm(packages, { recursive: true, force: true });
  }
  return folder;
}

async function commit(): Promise<void> {
  using engine = await engineAt(host);
  const container = await engine.create(undefined, undefined, { Image: runtimeImageName() });
  try {
    const [repository = '', tag = ''] = name.split(':');
    await engine.putArchive(container, '/', tarOf(root));
    await engine.commit(container, repository, tag, []);
  } finally {
    await engine.remove(container);
  }
}

async function run(...command: [string, ...string[]]): Promise<void> {
  const { code, stdout, stderr } = await runProgram(command);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
}
