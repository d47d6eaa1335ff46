/** Unpacks a large deployment package in a thread of its own, so that the daemon goes on answering. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ArchiveRefusal } from './archive-refusal.ts';
import type { UnpackTask } from './unpack-archive.ts';

/** Beside this file: as TypeScript in the source tree, as JavaScript in the bundle. */
const workerUrl = new URL(`./unpack-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * @throws ArchiveRefusal when the archive turns out to be damaged, the signal's reason when it aborts first. Either
 * way nothing of it is left.
 */
export async function unpackInWorker(task: UnpackTask, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(workerUrl, { workerData: task, env: {}, name: 'unpack' });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    // `once` rejects with the error that ended the worker, if one did.
    const [exitCode] = (await once(worker, 'exit')) as [number];
    signal.throwIfAborted();
    if (exitCode !== 0) throw new Error(`unpacking ended with exit code ${exitCode}`);
  } catch (error) {
    await rm(task.temporary, { recursive: true, force: true });
    // A worker's errors arrive as copies, without their class.
    if (error instanceof Error && error.name === 'ArchiveRefusal') {
      throw new ArchiveRefusal('unreadable', error.message, error);
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
