/** Composes the control plane: the records of functions, their code, and the operations on them. */
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { CodeDirectory } from './code/code-directory.ts';
import { CodeLocations } from './code/code-location.ts';
import { CodeStore } from './code/code-store.ts';
import { UnpackedCode } from './code/unpacked-code.ts';
import { FunctionLifecycle } from './function/function-lifecycle.ts';
import type { FunctionStore } from './function/function-store.ts';
import type { VersionCatalogue } from './function/invocation-target.ts';
import type { VersionLifecycle } from './function/version-lifecycle.ts';
import { FunctionUrlDirectory } from './function-url/function-url-directory.ts';
import type { LambdaParts } from './lambda-call.ts';
import type { LambdaLimits } from './lambda-limits.ts';
import { type ControlPlaneOperations, lambdaOperations } from './lambda-operations.ts';
import type { LambdaStores } from './lambda-stores.ts';
import { StoredVersions } from './version/stored-versions.ts';

export interface ControlPlaneOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly functions: FunctionStore;
  readonly stores: LambdaStores;
  /** Who runs functions. First called when a function is created, so it may itself need the control plane. */
  readonly preparation: VersionLifecycle;
  /** Absolute; code is kept below it in a folder of this run's own, gone with the disposal. */
  readonly dataDirectory: string;
  readonly limits: LambdaLimits;
  /** Refuse runtimes that AWS has withdrawn. */
  readonly runtimeValidation: boolean;
  /** Create and update answer when the function is ready, at most ten seconds later. */
  readonly synchronousCreate: boolean;
  /** `host:port` that goes into URLs; first asked when there is one to make. */
  readonly publicHost: () => string;
}

/** Disposing it aborts preparations, awaits them and removes the code from disk. */
export interface ControlPlane extends AsyncDisposable {
  readonly operations: ControlPlaneOperations;
  readonly catalogue: VersionCatalogue;
  readonly urlDirectory: FunctionUrlDirectory;
  readonly codeStore: CodeStore;
  readonly unpackedCode: UnpackedCode;
  readonly codeLocations: CodeLocations;
}

export function openControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { clock, random, logger, functions, stores, preparation, limits, publicHost } = options;
  const directory = new CodeDirectory(join(options.dataDirectory, 'code'), random);
  const codeStore = new CodeStore({
    directory: join(directory.path, 'archives'),
    random,
    onRemoved: (code) => unpackedCode.discard(code),
  });
  const unpackedCode = new UnpackedCode({
    directory: join(directory.path, 'unpacked'),
    archivePath: (code) => codeStore.pathOf(code),
    unpackedSize: limits.codeSizeUnzipped,
    clock,
    random,
    logger,
  });
  const lifecycle = new FunctionLifecycle({ clock, random, logger, functions, codeStore, preparation });
  const codeLocations = new CodeLocations({ clock, secret: random.hex(32), publicHost });
  const parts: LambdaParts = {
    clock,
    random,
    logger,
    functions,
    stores,
    lifecycle,
    codeStore,
    codeLocations,
    limits,
    runtimeValidation: options.runtimeValidation,
    synchronousCreate: options.synchronousCreate,
    publicHost,
  };
  const disposal = new AsyncDisposableStack();
  disposal.use(directory);
  disposal.use(codeStore);
  disposal.use(unpackedCode);
  disposal.use(lifecycle);
  return {
    operations: lambdaOperations(parts),
    catalogue: new StoredVersions(functions),
    urlDirectory: new FunctionUrlDirectory(stores.functionUrls),
    codeStore,
    unpackedCode,
    codeLocations,
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}
