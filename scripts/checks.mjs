/** The static checks: format, lint, types, drift of what is generated, and that the bundle can be built. */
import { spawnSync } from 'node:child_process';
import { pinnedNode, root, toolEnvironment } from './npm-packages.mjs';

/** Stands for the pinned Node.js, which on a fresh clone is not there yet when this file is read. */
const node = Symbol('the pinned Node.js');

// Documents keep the form their writer gave them.
const formatted = ['src', 'codegen', 'bench', 'test', 'scripts', 'bin', 'package.json', 'tsconfig.json'];

export const checks = [
  { name: 'format (Biome)', command: ['biome', 'check', '--colors=off', ...formatted], fix: 'npm run format' },
  { name: 'lint (oxlint)', command: ['oxlint'] },
  { name: 'types (tsc)', command: ['tsc', '-p', '.'] },
  { name: 'generated wire tables', command: [node, 'codegen/main.ts', '--check'], fix: 'npm run codegen' },
  { name: 'docs/configuration.md', command: [node, 'scripts/configuration-docs.ts', '--check'], fix: 'npm run docs' },
  { name: 'docs/parity.md', command: [node, 'scripts/parity-page.ts', '--check'], fix: 'npm run docs' },
  { name: 'bundle (esbuild)', command: [node, 'scripts/build.mjs'] },
];

/** Runs one check; what the tool says is returned only when it failed. */
export function runCheck({ name, command: [program, ...args], fix }) {
  const { status, error, stdout, stderr } = spawnSync(program === node ? pinnedNode() : program, args, {
    cwd: root,
    // Some tools colour what they print when they see CI.
    env: toolEnvironment({ NO_COLOR: '1', CI: undefined }),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error === undefined && status === 0) return { name, passed: true };
  const advice = fix === undefined ? '' : `\nTo put it right: ${fix}`;
  return { name, passed: false, text: `${error?.message ?? `${stdout}${stderr}`.trim()}${advice}` };
}
