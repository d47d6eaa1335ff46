/** Installs the npm packages of the lockfile when something of it is missing, and finds the pinned Node.js among them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_MAJOR = 24;

/** Path of the Node.js that this project runs on: the pinned one, else the current one when it is new enough. */
export function pinnedNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  return Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR ? process.execPath : undefined;
}

/** Environment in which `node` and the tools of node_modules are found first. */
export function toolEnvironment(changes = {}) {
  const node = pinnedNode();
  const folders = [join(root, 'node_modules', '.bin'), ...(node === undefined ? [] : [join(node, '..')])];
  return { ...process.env, PATH: `${folders.join(':')}:${process.env.PATH ?? ''}`, ...changes };
}

/** Throws when npm fails; says what is going on only when there is something to do. */
export function installNpmPackages() {
  if (isInstalled() && pinnedNode() !== undefined) return;
  process.stdout.write('Installing npm packages\n');
  // A registry that lacks a package for some other platform fails "npm ci"; "npm install" does without that one.
  if (!runNpm('ci') && !runNpm('install', '--no-save')) {
    throw new Error('neither "npm ci" nor "npm install" succeeded: run one of them by hand to see why');
  }
  if (pinnedNode() === undefined) {
    throw new Error(
      'Node.js 24 did not come with "npm ci", perhaps because npm is set to ignore scripts: run "npm rebuild node"',
    );
  }
}

function runNpm(...args) {
  const { status, stdout, stderr, error } = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // The lockfile is for the pinned Node.js, which is not there yet: what npm thinks of the current one is no news.
    env: { ...process.env, npm_config_engine_strict: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return true;
  const said = error?.message ?? `${stderr}${stdout}`.trim().split('\n').slice(0, 5).join('\n');
  process.stderr.write(`npm ${args[0]} did not succeed:\n${said}\n`);
  return false;
}

/** Compares what npm wrote down about node_modules with the lockfile; times of files say nothing after a checkout. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (installed === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional === true && installed[path] === undefined),
  );
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
