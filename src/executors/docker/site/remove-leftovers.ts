/** Removes the containers of daemons that were killed. */
import { isLeftover } from '../../host/instance-folder.ts';
import type { DockerEngine } from '../engine/docker-engine.ts';
import { isNotFound } from '../engine/engine-error.ts';
import { daemonContainerLabel, daemonLabel, hostLabel } from './container-labels.ts';

/** @param host the name of this machine: of processes elsewhere nothing is known, and their containers stay. */
export async function removeLeftovers(engine: DockerEngine, host: string): Promise<void> {
  for (const { Id, Labels } of await engine.containers(daemonLabel)) {
    const container = Labels[daemonContainerLabel];
    const abandoned =
      container === undefined
        ? Labels[hostLabel] === host && isLeftover(Labels[daemonLabel] ?? '')
        : !(await isRunning(engine, container));
    if (abandoned) await engine.remove(Id);
  }
}

async function isRunning(engine: DockerEngine, container: string): Promise<boolean> {
  try {
    return (await engine.container(container)).State.Running;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
