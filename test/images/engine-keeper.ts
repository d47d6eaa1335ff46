/**
 * Run as a process of its own: keeps a Docker engine for all test files that are connected to it, and ends both when
 * nobody has been for a while. Arguments: the name of its socket, a short folder for sockets, a folder for images.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const [, , name = '', folder = '', images = ''] = process.argv;
/** Long enough for the next test file to come. */
const linger = 8000;
const patience = 30_000;

const socket = join(folder, 'docker.sock');
const pidFile = join(folder, 'docker.pid');
const log = join(folder, 'log');
let users = 0;
let leaving: NodeJS.Timeout | undefined;
let engine: ChildProcess | undefined;

const server = createServer((user) => {
  users += 1;
  clearTimeout(leaving);
  user.on('error', () => {});
  user.on('close', () => {
    users -= 1;
    if (users === 0) leaving = setTimeout(() => void leave(), linger);
  });
  void ready.then((answer) => user.write(`${answer}\n`));
});
// Another keeper has the name: everybody connects to that one.
server.on('error', () => process.exit(0));
const ready = new Promise<string>((resolve) => {
  server.listen(`\0${name}`, () => resolve(begin()));
});
process.on('SIGTERM', () => void leave());

/** @returns `ready`, or why not */
async function begin(): Promise<string> {
  leaving = setTimeout(() => void leave(), patience);
  mkdirSync(folder, { recursive: true });
  await endStale();
  const output = openSync(log, 'w');
  const flags = [
    `--host=unix://${socket}`,
    `--pidfile=${pidFile}`,
    `--data-root=${images}`,
    `--exec-root=${join(folder, 'exec')}`,
    // The rules of this machine's network stay as they are: containers reach this machine, nothing else.
    '--iptables=false',
    '--ip6tables=false',
    '--ip-masq=false',
    '--ip-forward=false',
    '--userland-proxy=false',
  ];
  engine = spawn('dockerd', flags, { stdio: ['ignore', output, output] });
  let ended = false;
  engine.once('error', () => (ended = true));
  engine.once('exit', () => (ended = true));
  const due = performance.now() + patience;
  while (!ended && performance.now() < due) {
    if (await answers()) return 'ready';
    await delay(50);
  }
  return `dockerd does not answer: ${readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' / ')}`;
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath: socket, path: '/_ping' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('error', () => resolve(false));
    ping.end();
  });
}

/** The engine of a keeper that was killed. */
async function endStale(): Promise<void> {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  const isEngine = (): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(pidFile);
    } catch {
      return false;
    }
  };
  if (pid > 0 && isEngine()) process.kill(pid, 'SIGTERM');
  while (pid > 0 && isEngine()) await delay(50);
  rmSync(pidFile, { force: true });
}

async function leave(): Promise<void> {
  server.close();
  if (engine !== undefined && engine.exitCode === null) {
    const ended = once(engine, 'exit');
    engine.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
