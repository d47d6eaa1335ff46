/** Finds the engine that answers. */
import { existsSync } from 'node:fs';
import { DockerEngine } from './docker-engine.ts';
import { describeAddress, type EngineAccess, engineAddresses } from './engine-address.ts';
import { EngineError } from './engine-error.ts';

/** An engine on this machine answers within milliseconds; one across a network may take a while. */
const patience = 3000;

/**
 * The first engine that answers.
 * @throws EngineError when none does, with every address that was tried and why it would not do
 */
export async function connectEngine(access: EngineAccess, signal: AbortSignal): Promise<DockerEngine> {
  const tried: string[] = [];
  let cause: unknown;
  for (const address of engineAddresses(access)) {
    if (address.kind === 'socket' && !existsSync(address.path)) {
      tried.push(`${describeAddress(address)} does not exist`);
      continue;
    }
    try {
      return await DockerEngine.connect(address, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
    } catch (error) {
      signal.throwIfAborted();
      cause ??= error;
      tried.push(`${describeAddress(address)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new EngineError(`no Docker engine answers (${tried.join('; ')})`, undefined, cause);
}
