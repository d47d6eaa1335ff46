/** Composes what is on disk of functions and layers: archives, and what they unpack to. */
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { CodeDirectory } from './code/code-directory.ts';
import { CodeStore } from './code/code-store.ts';
import { UnpackedCode } from './code/unpacked-code.ts';
import type { LambdaLimits } from './lambda-limits.ts';
import { MergedLayers } from './layer/merged-layers.ts';

export interface CodeOnDiskDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Absolute; all is kept below it in a folder of this run's own, gone with the disposal. */
  readonly dataDirectory: string;
  readonly limits: LambdaLimits;
}

export interface CodeOnDisk extends AsyncDisposable {
  readonly codeStore: CodeStore;
  readonly unpackedCode: UnpackedCode;
  readonly mergedLayers: MergedLayers;
}

export function openCodeOnDisk({ clock, random, logger, dataDirectory, limits }: CodeOnDiskDeps): CodeOnDisk {
  const directory = new CodeDirectory(join(dataDirectory, 'code'), random);
  const codeStore = new CodeStore({
    directory: join(directory.path, 'archives'),
    random,
    onRemoved(code) {
      unpackedCode.discard(code);
      mergedLayers.discard(code);
    },
  });
  const unpackedCode = new UnpackedCode({
    directory: join(directory.path, 'unpacked'),
    archivePath: (code) => codeStore.pathOf(code),
    unpackedSize: limits.codeSizeUnzipped,
    clock,
    random,
    logger,
  });
  const mergedLayers = new MergedLayers({
    directory: join(directory.path, 'layers'),
    layerDirectory: (layer, signal) => unpackedCode.directoryOf(layer, signal),
    clock,
    random,
    logger,
  });
  const disposal = new AsyncDisposableStack();
  disposal.use(directory);
  disposal.use(codeStore);
  disposal.use(unpackedCode);
  disposal.use(mergedLayers);
  return { codeStore, unpackedCode, mergedLayers, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
}
