/**
 * Run as a process of its own, with the address of an engine and a name: makes the image that functions run in under
 * test. It is made like AWS's: `/lambda-entrypoint.sh`, the runtime at `/var/runtime`, languages at `/var/lang`, the
 * user `sbx_user1051`. Its parts are kept for the next time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, copyFile, cp, mkdir, mkdtemp, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { imageCache, imageSources, runtimeImageName } from './runtime-image.ts';

const [, , host = '', name = runtimeImageName()] = process.argv;
const nodeClient = 'aws-lambda-ric@4.0.2';
const pythonClient = 'awslambdaric==4.2.2';
const pythonVersion = '3.11';
const suite = 'bookworm';

const docker = (...args: string[]): string[] => ['docker', '--host', host, ...args];

const [debian, nodejs, python] = await Promise.all([
  kept(`debian-${suite}`, (target) =>
    run(['debootstrap', '--variant=minbase', '--include=python3,libstdc++6', suite, target]),
  ),
  kept(nodeClient, async (target) => {
    await mkdir(target);
    await writeFile(join(target, 'package.json'), '{}');
    const headers = nodeHeaders();
    // With headers of this machine the addon is built without fetching others; it uses the stable interface only.
    const found = headers === undefined ? {} : { npm_config_nodedir: headers };
    await run(['npm', 'install', nodeClient, '--no-audit', '--no-fund', '--loglevel=error'], target, found);
  }),
  kept(pythonClient, (target) =>
    run([
      ...`pip3 install --quiet --no-compile --only-binary=:all: --implementation cp --python-version ${pythonVersion}`.split(
        ' ',
      ),
      '--target',
      target,
      pythonClient,
    ]),
  ),
]);
const root = await mkdtemp(join(imageCache, 'root-'));
try {
  await fill();
  await importImage();
} finally {
  await rm(root, { recursive: true, force: true });
}

/** A part of the image, from the cache or made. */
async function kept(part: string, make: (target: string) => Promise<void>): Promise<string> {
  const folder = join(imageCache, part.replaceAll('/', '-'));
  if (await exists(folder)) return folder;
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await make(draft);
  await rename(draft, folder);
  return folder;
}

/** Debian without what no function looks at, and what AWS's images have on top. */
async function fill(): Promise<void> {
  await run(['cp', '--archive', `${debian}/.`, root]);
  const unneeded = ['var/cache', 'var/lib/apt', 'var/lib/dpkg', 'var/log', 'usr/share', 'boot', 'media', 'home', 'srv'];
  await Promise.all(unneeded.map((folder) => rm(join(root, folder), { recursive: true })));
  await mkdir(join(root, 'var/runtime'), { recursive: true });
  await mkdir(join(root, 'var/lang/bin'), { recursive: true });
  await mkdir(join(root, 'var/task'));
  await copyFile(join(imageSources, 'root/lambda-entrypoint.sh'), join(root, 'lambda-entrypoint.sh'));
  await copyFile(join(imageSources, 'root/bootstrap'), join(root, 'var/runtime/bootstrap'));
  await copyFile(process.execPath, join(root, 'var/lang/bin/node'));
  await symlink('/usr/bin/python3', join(root, 'var/lang/bin/python3'));
  for (const part of ['index.mjs', 'rapid-client.node', 'package.json']) {
    const from = join(nodejs, 'node_modules/aws-lambda-ric', part);
    await cp(from, join(root, 'var/runtime/node_modules/aws-lambda-ric', part));
  }
  await cp(python, join(root, 'var/runtime'), { recursive: true });
  await appendFile(join(root, 'etc/passwd'), 'sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n');
  await appendFile(join(root, 'etc/group'), 'sbx_user1051:x:990:\n');
}

async function importImage(): Promise<void> {
  const changes = [
    'ENV LANG=en_US.UTF-8',
    'ENV TZ=:/etc/localtime',
    'ENV PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    'ENV LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
    'ENV LAMBDA_TASK_ROOT=/var/task',
    'ENV LAMBDA_RUNTIME_DIR=/var/runtime',
    'ENV PYTHONPATH=/var/runtime',
    'WORKDIR /var/task',
    'ENTRYPOINT ["/lambda-entrypoint.sh"]',
  ];
  const archive = join(imageCache, 'image.tar');
  try {
    await run(['tar', '--create', '--file', archive, '--numeric-owner', '--owner=0', '--group=0', '-C', root, '.']);
    await run(docker('import', ...changes.flatMap((change) => ['--change', change]), archive, name));
  } finally {
    await rm(archive, { force: true });
  }
}

/** Where `include/node` lies, if some Node.js brought it along. */
function nodeHeaders(): string | undefined {
  const prefixes = ['/usr', '/usr/local', dirname(dirname(process.execPath))];
  return prefixes.find((prefix) => existsSync(join(prefix, 'include/node/common.gypi')));
}

async function run([program = '', ...args]: readonly string[], cwd?: string, variables = {}): Promise<void> {
  const env = { ...process.env, ...variables };
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
