/** `npm run build`: one bundle in `dist/` that starts fast, with what runs functions beside it. */
import { chmodSync, cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './npm-packages.mjs';

const finished = join(root, 'dist');
// A build that fails leaves the bundle of before.
const dist = join(root, '.lambdad', `dist.${process.pid}`);

// A worker is started by its file name, beside the chunk that starts it: it has to be a file of its own.
const workers = ['src/lambda/code/unpack-worker.ts'];

const entry = `#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
// Short-lived garbage is collected where it is made: a burst of invocations does not leave the heap large.
setFlagsFromString('--semi-space-growth-factor=1');
// So are the buffers of what streams through, which are counted apart from the heap; other versions name it otherwise.
if (process.versions.v8.startsWith('13.')) setFlagsFromString('--scavenger-max-new-space-capacity-mb=1');
enableCompileCache();
await import('./main.js');
`;

/**
 * An `import` of Node's HTTP reads everything that the module exports, which loads a WebSocket client that nobody wants:
 * tens of milliseconds of the daemon's start. Reading only these names does not. What packages import is theirs: they are
 * read later, if at all.
 */
const httpByName = {
  name: 'http-by-name',
  setup(bundler) {
    const namespace = 'http-by-name';
    const own = join(root, 'src');
    bundler.onResolve({ filter: /^node:http$/ }, ({ path, importer }) =>
      importer.startsWith(own) ? { path, namespace } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace }, () => ({
      contents: `const http = process.getBuiltinModule('node:http');
export const { Agent, createServer, request, validateHeaderName, validateHeaderValue } = http;`,
    }));
  },
};

try {
  await bundle();
  rmSync(finished, { recursive: true, force: true });
  renameSync(dist, finished);
} catch (error) {
  // What is wrong with the source has been printed already.
  if (error.errors === undefined) throw error;
  process.exitCode = 1;
} finally {
  rmSync(dist, { recursive: true, force: true });
}

async function bundle() {
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/main.ts', ...Object.fromEntries(workers.map((file) => [basename(file, '.ts'), file])) },
    outdir: dist,
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    plugins: [httpByName],
    // What a command imports on first use stays a file of its own, read on first use.
    splitting: true,
    format: 'esm',
    platform: 'node',
    // Of packages that bring both, the form in which what is imported later has names, and what nobody uses is left out.
    mainFields: ['module', 'main'],
    target: 'node24',
    minifySyntax: true,
    // LevelDB is native code beside its package, and dynalite's rules and actions do without it.
    alias: { level: join(root, 'scripts', 'no-level.cjs'), 'memory-level': join(root, 'scripts', 'no-level.cjs') },
    legalComments: 'linked',
    logLevel: 'warning',
    // Some packages are CommonJS and ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
    },
  });

  cpSync(join(root, 'src', 'runtimes'), join(dist, 'runtimes'), {
    recursive: true,
    filter: (source) => !/\.test\.\w+$|\.ts$|\.cjs$|\/(?:test-kit|__pycache__)$/.test(source),
  });
  // One file is read faster than twenty: that is a tenth of a cold start.
  await build({
    absWorkingDir: root,
    entryPoints: ['src/runtimes/nodejs/bootstrap.cjs'],
    outfile: join(dist, 'runtimes', 'nodejs', 'bootstrap.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    // It runs in every version of Node.js that functions have, and is written for all of them.
    target: 'esnext',
    logLevel: 'warning',
  });
  cpSync(join(root, 'package.json'), join(dist, 'package.json'));
  writeFileSync(join(dist, 'lambdad.mjs'), entry);
  chmodSync(join(dist, 'lambdad.mjs'), 0o755);
}
