/** Worker thread: unpacks one archive and ends; an error of it becomes the worker's. */
import { workerData } from 'node:worker_threads';
import { type UnpackTask, unpackArchive } from './unpack-archive.ts';

await unpackArchive(workerData as UnpackTask);
