/** A Docker executor in a folder of its own, and the containers that it may leave. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDockerExecutor } from '../../../src/executors/docker/docker-executor.ts';
import { noDockerFlags } from '../../../src/executors/docker/docker-flags.ts';
import type { DockerOptions } from '../../../src/executors/docker/docker-options.ts';
import { environmentLabel } from '../../../src/executors/docker/site/container-labels.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { type Logger, silentLogger } from '../../../src/kernel/logger.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import { imageRuntimes, type RuntimeImage } from '../../images/runtime-image.ts';
import { ExecutorFixture } from './executor-fixture.ts';

export interface DockerFixtureWishes extends Partial<DockerOptions> {
  readonly logger?: Logger;
  /** As if the daemon ran in a container that shares no folder with the engine: code is copied. */
  readonly remote?: boolean;
}

export async function dockerFixture(
  test: RuntimeImage,
  { logger = silentLogger, remote = false, ...options }: DockerFixtureWishes = {},
): Promise<ExecutorFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-conformance-'));
  const executor = await createDockerExecutor(
    {
      clock: systemClock,
      random: systemRandom,
      logger,
      codeDirectory: async (code) => ('folder' in code ? code.folder : code.sha256),
      layersDirectory: async ([layer]) => (layer !== undefined && 'sha256' in layer ? layer.sha256 : ''),
      processId: process.pid,
      runtimesDirectory: '/nowhere',
      insideContainer: remote,
      os: process.platform,
      options: { ...defaults(test), ...options },
    },
    new AbortController().signal,
  );
  return new ExecutorFixture({
    executor,
    traits: {
      sandboxed: true,
      limitsProcesses: true,
      // The engine reads each by itself, and sets the variable.
      ordersOutput: false,
      hidesHome: false,
      root: /^bin dev etc lambda-entrypoint\.sh lib lib64 mnt opt proc root run sbin sys tmp usr var $/,
    },
    folder,
    remains: async () => {
      const containers = await test.engine.containers(environmentLabel);
      const ours = containers.filter(({ Names }) => Names.some((name) => name.includes('lambdad-conformance-')));
      return ours.flatMap(({ Names }) => Names);
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  });
}

function defaults({ host, image }: RuntimeImage): DockerOptions {
  return {
    access: { host, certificates: undefined, tlsVerify: false, homeDirectory: undefined, runtimeDirectory: undefined },
    imageMapping: { kind: 'images', images: Object.fromEntries(imageRuntimes.map((name) => [name, image])) },
    ignoreArchitecture: false,
    flags: noDockerFlags(),
    networks: [],
    dns: () => undefined,
    removeContainers: true,
    hostname: undefined,
    prebuildImages: false,
    freeze: true,
  };
}
