/** Chooses where functions run, and opens it. */
import { join } from 'node:path';
import process from 'node:process';
import {
  createDockerExecutor,
  type DockerExecutorDeps,
  findDockerExecutor,
} from '../executors/docker/docker-executor.ts';
import { noDockerFlags, parseDockerFlags } from '../executors/docker/docker-flags.ts';
import type { Executor } from '../executors/executor.ts';
import { createHostExecutor } from '../executors/host/host-executor.ts';
import type { VersionCode } from '../lambda/function/function-version.ts';
import { hostFacts } from './config/host-facts.ts';
import type { Platform } from './platform.ts';
import { runtimesDirectory } from './runtimes-directory.ts';

/** Where the code and the layers of a version are. */
export interface CodeDirectories {
  readonly codeDirectory: (code: VersionCode, signal: AbortSignal) => Promise<string>;
  /** @param layers at least one; later ones cover earlier ones. */
  readonly layersDirectory: (layers: readonly VersionCode[], signal: AbortSignal) => Promise<string>;
  /** A folder of its author's among the layers has changed. */
  readonly layersChanged: (layers: readonly VersionCode[]) => Promise<void>;
}

/** @throws Error that says what to do when what was asked for cannot be had */
export async function openExecutor(platform: Platform, directories: CodeDirectories): Promise<Executor> {
  const { signal } = new AbortController();
  switch (platform.config.executor) {
    case 'host':
      return hostExecutor(platform, directories, signal);
    case 'docker':
      return createDockerExecutor(dockerDeps(platform, directories), signal);
    case 'auto': {
      const docker = await findDockerExecutor(dockerDeps(platform, directories), signal);
      return docker ?? (await hostExecutor(platform, directories, signal));
    }
  }
}

function hostExecutor(
  { config, clock, logger, runFolder }: Platform,
  directories: CodeDirectories,
  signal: AbortSignal,
): Promise<Executor> {
  const deps = {
    clock,
    logger,
    ...directories,
    workDirectory: runFolder,
    runtimesDirectory: runtimesDirectory(),
    fetching: { directory: join(config.dataDirectory, 'cache', 'runtimes'), allowed: config.fetchRuntimes },
    platform: {
      os: process.platform,
      architecture: process.arch,
      nodeBinary: process.execPath,
      nodeVersion: process.versions.node,
      searchPath: process.env['PATH'] ?? '',
      home: process.env['HOME'],
      processId: process.pid,
      userId: process.getuid?.() ?? 0,
    },
    options: { sandbox: config.sandbox, freeze: config.freeze },
  };
  return createHostExecutor(deps, signal);
}

function dockerDeps(
  { config, clock, random, logger, reach }: Platform,
  directories: CodeDirectories,
): DockerExecutorDeps {
  const { engineHost: host, certificates, tlsVerify, runtimeDirectory, flags, ...options } = config.docker;
  const { insideContainer, homeDirectory } = hostFacts();
  return {
    clock,
    random,
    logger,
    ...directories,
    options: {
      ...options,
      flags: parseDockerFlags(flags) ?? noDockerFlags(),
      dns: () => options.dns ?? reach.nameServer,
      access: { host, certificates, tlsVerify, homeDirectory, runtimeDirectory },
      freeze: config.freeze,
    },
    processId: process.pid,
    runtimesDirectory: runtimesDirectory(),
    insideContainer,
    os: process.platform,
  };
}
