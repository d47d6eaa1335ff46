/** A Docker engine for tests: the one that answers on this machine, else one that is started and ended again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectEngine } from '../../src/executors/docker/engine/connect-engine.ts';
import type { DockerEngine } from '../../src/executors/docker/engine/docker-engine.ts';
import { describeAddress } from '../../src/executors/docker/engine/engine-address.ts';

const keeper = fileURLToPath(new URL('engine-keeper.ts', import.meta.url));
const images = fileURLToPath(new URL('../../.lambdad/test-cache/engine', import.meta.url));
const name = `lambdad-test-engine-${process.getuid?.() ?? 0}`;
const folder = join(tmpdir(), name);

export interface TestEngine extends Disposable {
  /** As DOCKER_HOST names it. */
  readonly host: string;
  readonly engine: DockerEngine;
}

/**
 * The engine, which stays as long as this process does.
 * @throws Error when there is none and none can be started, with the reason
 */
export async function ensureDockerEngine(): Promise<TestEngine> {
  const running = await engineAt(process.env['DOCKER_HOST']).catch(() => undefined);
  if (running !== undefined) return testEngine(running);
  const held = await keptEngine();
  const engine = await engineAt(`unix://${join(folder, 'docker.sock')}`);
  return testEngine(engine, held);
}

function testEngine(engine: DockerEngine, held?: Socket): TestEngine {
  return {
    host: describeAddress(engine.address),
    engine,
    [Symbol.dispose]() {
      engine[Symbol.dispose]();
      held?.destroy();
    },
  };
}

export const engineAt = (host: string | undefined): Promise<DockerEngine> =>
  connectEngine(
    { host, certificates: undefined, tlsVerify: false, homeDirectory: homedir(), runtimeDirectory: undefined },
    new AbortController().signal,
  );

/** A connection to the keeper: the engine is there as long as it is open. */
async function keptEngine(): Promise<Socket> {
  for (let attempt = 0; ; attempt += 1) {
    const socket = connect(`\0${name}`);
    try {
      await once(socket, 'connect');
      const [answer] = (await once(createInterface(socket), 'line')) as [string];
      if (answer !== 'ready') throw new Error(answer);
      socket.unref();
      return socket;
    } catch (error) {
      socket.destroy();
      if (!isRefused(error) || attempt > 200) throw error;
      if (attempt === 0) startKeeper();
      await delay(50);
    }
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT');

function startKeeper(): void {
  spawn(process.execPath, [keeper, name, folder, images], { detached: true, stdio: 'ignore' }).unref();
}
