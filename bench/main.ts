/** `npm run bench`: prints each figure beside a floor measured in the same run. Arguments choose suites by name. */
import { existsSync } from 'node:fs';
import { coldBurst } from './cold-burst.ts';
import { coldStart } from './cold-start.ts';
import { companions } from './companions.ts';
import { controlPlane } from './control-plane.ts';
import { daemonStart } from './daemon-start.ts';
import { dev } from './dev.ts';
import { hasDocker, inDocker } from './docker.ts';
import { environmentMemory } from './environment-memory.ts';
import { hotReload } from './hot-reload.ts';
import { lineOf, type Measure } from './measure.ts';
import { streaming } from './streaming.ts';
import { warmInvoke } from './warm-invoke.ts';

const suites: Readonly<Record<string, () => Promise<readonly Measure[]>>> = {
  warm: warmInvoke,
  cold: coldStart,
  burst: coldBurst,
  start: daemonStart,
  memory: environmentMemory,
  docker: inDocker,
  api: controlPlane,
  reload: hotReload,
  streaming,
  dev,
  companions,
};

if (!existsSync(new URL('../dist/lambdad.mjs', import.meta.url))) {
  console.error('The benchmarks measure the built daemon: type "npm run build" first.');
  process.exit(2);
}

const wanted = process.argv.slice(2);
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (name === 'docker' && wanted.length === 0 && !(await hasDocker())) continue;
  for (const measure of await suite()) console.log(lineOf(measure));
}
