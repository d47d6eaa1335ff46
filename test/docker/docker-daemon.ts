/** A daemon under test that runs functions in containers. */
import assert from 'node:assert/strict';
import { daemonLabel, functionLabel } from '../../src/executors/docker/site/container-labels.ts';
import { type RuntimeImage, runtimeImageOrSkip } from '../images/runtime-image.ts';
import { TestDaemon, type TestDaemonOptions } from '../kit/test-daemon.ts';

/** The engine and the image, the same for all tests of a file. */
export const testImage: RuntimeImage = await runtimeImageOrSkip();

export function startDockerDaemon({ settings = {}, ...options }: TestDaemonOptions = {}): Promise<TestDaemon> {
  return TestDaemon.start({ ...options, settings: { ...testImage.settings, ...settings } });
}

/** The ids of a function's containers, those that have ended included, of whatever daemon. */
export async function containersOfAnyDaemon(functionName: string): Promise<readonly string[]> {
  const containers = await testImage.engine.containers(`${functionLabel}=${functionName}`);
  return containers.map(({ Id }) => Id);
}

/** Only those of daemons in this process: other test files have functions of the same name. */
export async function containersOf(functionName: string): Promise<readonly string[]> {
  const containers = await testImage.engine.containers(`${functionLabel}=${functionName}`);
  const ours = containers.filter(({ Labels }) => Labels[daemonLabel]?.startsWith(`lambdad-${process.pid}-`));
  return ours.map(({ Id }) => Id);
}

/** The id of the only one. */
export async function containerOf(functionName: string): Promise<string> {
  const [id, ...others] = await containersOf(functionName);
  assert.ok(id !== undefined && others.length === 0);
  return id;
}
