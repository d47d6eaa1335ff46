/**
 * Joins the two planes. Each needs the other: the data plane unpacks what the control plane keeps, and the control plane
 * has versions prepared by the data plane.
 */
import type { LogSink } from '../environment/log-sink.ts';
import { invariant } from '../kernel/invariant.ts';
import { type ControlPlane, openControlPlane } from '../lambda/control-plane.ts';
import type { FunctionStore } from '../lambda/function/function-store.ts';
import type { VersionLifecycle } from '../lambda/function/version-lifecycle.ts';
import { memoryStores } from '../persistence/memory/lambda-stores.ts';
import { type DataPlane, openDataPlane } from './data-plane.ts';
import type { Platform } from './platform.ts';

export interface Planes extends AsyncDisposable {
  readonly control: ControlPlane;
  readonly data: DataPlane;
}

export async function openPlanes(platform: Platform, functions: FunctionStore, logSink: LogSink): Promise<Planes> {
  const { config, clock, random, logger, reach, runFolder } = platform;
  await using opened = new AsyncDisposableStack();
  const preparation = new LatePreparation();
  const control = opened.use(
    openControlPlane({
      clock,
      random,
      logger,
      functions,
      stores: memoryStores(),
      preparation,
      dataDirectory: runFolder,
      limits: config.limits,
      runtimeValidation: config.runtimeValidation,
      synchronousCreate: config.synchronousCreate,
      publicHost: reach.publicHost,
    }),
  );
  const codeDirectory = control.unpackedCode.directoryOf.bind(control.unpackedCode);
  const data = opened.use(await openDataPlane(platform, logSink, codeDirectory));
  preparation.by(data.preparation);
  const owned = opened.move();
  return { control, data, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Stands for the data plane's preparation until there is one; no function can be created before. */
class LatePreparation implements VersionLifecycle {
  #actual: VersionLifecycle | undefined;

  by(actual: VersionLifecycle): void {
    this.#actual = actual;
  }

  readonly prepare: VersionLifecycle['prepare'] = (version, signal) => this.#required().prepare(version, signal);
  readonly retire: VersionLifecycle['retire'] = (version) => this.#required().retire(version);

  #required(): VersionLifecycle {
    invariant(this.#actual !== undefined, 'the data plane is open before a function is created');
    return this.#actual;
  }
}
