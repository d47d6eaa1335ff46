/** The container that the daemon itself runs in, if it does. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { DockerEngine } from '../engine/docker-engine.ts';
import { isNotFound } from '../engine/engine-error.ts';
import type { ContainerDetails } from '../engine/engine-types.ts';

/** `undefined` when it runs in none, or in one of another engine. */
export async function ownContainer(
  engine: DockerEngine,
  insideContainer: boolean,
  signal: AbortSignal,
): Promise<ContainerDetails | undefined> {
  if (!insideContainer) return undefined;
  for (const id of candidates()) {
    try {
      return await engine.container(id, signal);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return undefined;
}

/** The files that an engine mounts into a container lie in a folder with its id; so does its first host name. */
function candidates(): readonly string[] {
  const mounted = /\/(?:containers|overlay-containers)\/([0-9a-f]{64})\//.exec(mountTable())?.[1];
  return [...(mounted === undefined ? [] : [mounted]), hostname()];
}

function mountTable(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}
