/**
 * Joins the two planes. Each needs the other: the data plane unpacks what the control plane keeps, and the control plane
 * has versions prepared by the data plane.
 */
import { join } from 'node:path';
import process from 'node:process';
import { CloudLayers } from '../cloud/cloud-layers.ts';
import { ownCredentials } from '../cloud/own-credentials.ts';
import type { LogSink } from '../environment/log-sink.ts';
import { invariant } from '../kernel/invariant.ts';
import type { CodeObjects } from '../lambda/code/code-objects.ts';
import { isLiveFolder } from '../lambda/code/live-folder.ts';
import { type ControlPlane, openControlPlane } from '../lambda/control-plane.ts';
import type { FunctionStore } from '../lambda/function/function-store.ts';
import type { VersionLifecycle } from '../lambda/function/version-lifecycle.ts';
import type { ProvisionedEnvironments } from '../lambda/provisioned-concurrency/provisioned-environments.ts';
import { memoryStores } from '../persistence/memory/lambda-stores.ts';
import { type DataPlane, openDataPlane } from './data-plane.ts';
import { liveFolders } from './live-folders.ts';
import type { CodeDirectories } from './open-executor.ts';
import type { Platform } from './platform.ts';

export interface Planes extends AsyncDisposable {
  readonly control: ControlPlane;
  readonly data: DataPlane;
}

export async function openPlanes(
  platform: Platform,
  functions: FunctionStore,
  logSink: LogSink,
  codeObjects: CodeObjects,
): Promise<Planes> {
  const { config, clock, random, logger, reach, runFolder } = platform;
  await using opened = new AsyncDisposableStack();
  const late = new LateDataPlane();
  const layerSource = config.downloadLayers ? opened.use(cloudLayers(platform)) : undefined;
  const control = opened.use(
    openControlPlane({
      clock,
      random,
      logger,
      functions,
      stores: memoryStores(),
      preparation: late,
      environments: late,
      codeObjects,
      liveFolders: liveFolders(config.hotReloadBucket),
      layerSource,
      dataDirectory: runFolder,
      limits: config.limits,
      runtimeValidation: config.runtimeValidation,
      synchronousCreate: config.synchronousCreate,
      publicHost: reach.publicHost,
    }),
  );
  const directories: CodeDirectories = {
    codeDirectory: async (code, signal) =>
      isLiveFolder(code) ? code.folder : await control.unpackedCode.directoryOf(code, signal),
    layersDirectory: (layers, signal) => control.mergedLayers.directoryOf(layers, signal),
    layersChanged: (layers) => control.mergedLayers.refresh(layers),
  };
  const data = opened.use(await openDataPlane(platform, logSink, directories, control.concurrency));
  late.becomes(data);
  const owned = opened.move();
  return { control, data, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function cloudLayers({ config, clock, logger }: Platform): CloudLayers {
  return new CloudLayers({
    directory: join(config.dataDirectory, 'cache', 'layers'),
    processId: process.pid,
    endpoint: config.layersEndpoint,
    credentials: ownCredentials,
    longest: config.limits.codeSizeUnzipped,
    clock,
    logger,
  });
}

/** Stands for the data plane until there is one; no function can be created before. */
class LateDataPlane implements VersionLifecycle, ProvisionedEnvironments {
  #actual: DataPlane | undefined;

  becomes(actual: DataPlane): void {
    this.#actual = actual;
  }

  readonly prepare: VersionLifecycle['prepare'] = (version, signal, progress) =>
    this.#required().preparation.prepare(version, signal, progress);
  readonly retire: VersionLifecycle['retire'] = (version) => this.#required().preparation.retire(version);
  readonly provision: ProvisionedEnvironments['provision'] = (version, count) =>
    this.#required().environments.provision(version, count);

  #required(): DataPlane {
    invariant(this.#actual !== undefined, 'the data plane is open before a function is created');
    return this.#actual;
  }
}
