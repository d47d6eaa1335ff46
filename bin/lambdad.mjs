#!/usr/bin/env node
/** The `lambdad` command: runs the bundle when it was built, else the source, always on a Node.js that is new enough. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_MAJOR = 24;
const at = (path) => new URL(path, import.meta.url);
const bundle = at('../dist/lambdad.mjs');

if (Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR) {
  module.enableCompileCache?.();
  await import(existsSync(bundle) ? bundle.href : at('../src/main.ts').href);
} else {
  runAgainOn(at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`));
}

function runAgainOn(newerNode) {
  if (!existsSync(newerNode)) {
    process.stderr.write(`lambdad needs Node.js ${OLDEST_MAJOR} or newer, this is ${process.versions.node}\n`);
    process.exit(1);
  }
  const child = spawn(fileURLToPath(newerNode), process.argv.slice(1), { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
