/** Brings versions from Pending or InProgress to their end, in the background, and lets go of those that are replaced. */
import type { Clock } from '../../kernel/clock.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Logger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import { ArchiveRefusal } from '../code/archive-refusal.ts';
import type { CodeStore } from '../code/code-store.ts';
import { releaseCode } from '../code/received-code.ts';
import { giveBackLayers } from '../layer/borrowed-layers.ts';
import { newRevisionId } from '../version/new-version.ts';
import type { VersionRecord } from '../version/version-record.ts';
import type { FunctionRecord } from './function-record.ts';
import { type FunctionState, transition } from './function-state.ts';
import type { FunctionStore } from './function-store.ts';
import type { Generation } from './function-version.ts';
import type { Preparation, VersionLifecycle } from './version-lifecycle.ts';

export interface FunctionLifecycleDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly functions: FunctionStore;
  readonly codeStore: CodeStore;
  readonly preparation: VersionLifecycle;
}

interface Task {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Where it goes what becomes of a preparation. */
interface Outcome {
  readonly progress: (what: string) => void;
  readonly finish: (preparation: Preparation) => void;
}

/** A place in the store, to be read again when the preparation is over: much may have happened by then. */
type Owner = Pick<FunctionRecord, 'scope' | 'name'>;

const settledWithin = milliseconds(10_000);

export class FunctionLifecycle implements AsyncDisposable {
  readonly #deps: FunctionLifecycleDeps;
  readonly #tasks = new Map<Generation, Task>();
  readonly #disposal = new AbortController();

  constructor(deps: FunctionLifecycleDeps) {
    this.#deps = deps;
  }

  /** Prepares a `$LATEST` that was stored as pending or updating; invocations switch to it when that succeeds. */
  beginLatest({ scope, name, latest }: FunctionRecord): void {
    this.#begin(latest, {
      progress: (what) => this.#tellLatest({ scope, name }, latest, what),
      finish: (preparation) => this.#finishLatest({ scope, name }, latest, preparation),
    });
  }

  /** Prepares a published version that was stored as pending. */
  beginPublished({ scope, name }: Owner, version: VersionRecord): void {
    this.#begin(version, {
      progress: (what) => this.#tellPublished({ scope, name }, version, what),
      finish: (preparation) => this.#finishPublished({ scope, name }, version, preparation),
    });
  }

  /** Waits until the version is neither pending nor updating, at most ten seconds. */
  async settled(version: VersionRecord, signal: AbortSignal): Promise<void> {
    const task = this.#tasks.get(version.generation);
    if (task === undefined) return;
    const waiting = new AbortController();
    const patience = this.#deps.clock.sleep(settledWithin, AbortSignal.any([signal, waiting.signal]));
    try {
      // Whichever ends it, the caller looks at the store next; an aborted wait is no error to it.
      await Promise.race([task.done, patience.catch(() => undefined)]);
    } finally {
      waiting.abort(new Error('no longer waited for'));
    }
  }

  /** The version is no longer in the store: nothing of it goes on, and its code is not used by it any more. */
  letGo(version: VersionRecord): void {
    this.#tasks.get(version.generation)?.abort.abort(new Error('the version was replaced or deleted'));
    this.#deps.preparation.retire(version.runnable);
    releaseCode(version.source, this.#deps.codeStore);
    giveBackLayers(version.settings.layers, this.#deps.codeStore);
  }

  /** Preparations that run are aborted and awaited; what they were for stays as it is in the store. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal.abort(new Error('the daemon stops'));
    await Promise.all(Array.from(this.#tasks.values(), (task) => task.done));
  }

  #begin(version: VersionRecord, { progress, finish }: Outcome): void {
    invariant(!this.#tasks.has(version.generation), 'a version is prepared once');
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, this.#disposal.signal]);
    const run = async (): Promise<void> => {
      const preparation = await this.#prepare(version, signal, (what) => {
        if (!signal.aborted) progress(what);
      });
      this.#tasks.delete(version.generation);
      if (!signal.aborted) finish(preparation);
      // It was let go of meanwhile, perhaps before there was anything to retire.
      else if (abort.signal.aborted) this.#deps.preparation.retire(version.runnable);
    };
    this.#tasks.set(version.generation, { abort, done: run() });
  }

  async #prepare(
    { runnable }: VersionRecord,
    signal: AbortSignal,
    progress: (what: string) => void,
  ): Promise<Preparation> {
    // Also when there is nothing to wait for: the reply that says Pending goes first.
    await Promise.resolve();
    try {
      signal.throwIfAborted();
      return await this.#deps.preparation.prepare(runnable, signal, progress);
    } catch (error) {
      if (error instanceof ArchiveRefusal) {
        // Only its directory was read when it was uploaded; its data turned out to be another matter.
        return {
          kind: 'failed',
          code: 'InvalidZipFileException',
          reason: `Could not unzip the code: ${error.message}`,
        };
      }
      if (!signal.aborted) {
        this.#deps.logger.error('A function could not be prepared', { function: runnable.functionArn, error });
      }
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', code: 'InternalError', reason: `The function could not be prepared: ${message}` };
    }
  }

  #tellLatest(owner: Owner, version: VersionRecord, progress: string): void {
    const { functions } = this.#deps;
    const record = functions.find(owner.scope, owner.name);
    if (record?.latest.generation !== version.generation) return;
    functions.put({ ...record, latest: withProgress(record.latest, progress) });
  }

  #tellPublished(owner: Owner, version: VersionRecord, progress: string): void {
    const { functions } = this.#deps;
    const record = functions.findVersion(owner.scope, owner.name, version.version);
    if (record?.generation !== version.generation) return;
    functions.putVersion(owner.scope, owner.name, withProgress(record, progress));
  }

  #finishLatest(owner: Owner, version: VersionRecord, preparation: Preparation): void {
    const { functions, random } = this.#deps;
    const record = functions.find(owner.scope, owner.name);
    if (record?.latest.generation !== version.generation) return;
    const former = record.serving;
    const revisionId = newRevisionId(random);
    if (preparation.kind === 'failed') {
      const kind = former === undefined ? 'failed' : 'update-failed';
      functions.put({ ...record, latest: { ...after(record.latest, { ...preparation, kind }), revisionId } });
      return;
    }
    const found = withDigest(record.latest, preparation.imageDigest);
    const latest = { ...after(found, { kind: 'active' }), revisionId };
    functions.put({ ...record, latest, serving: latest });
    if (former !== undefined) this.letGo(former);
  }

  #finishPublished(owner: Owner, version: VersionRecord, preparation: Preparation): void {
    const { functions } = this.#deps;
    const record = functions.findVersion(owner.scope, owner.name, version.version);
    if (record?.generation !== version.generation) return;
    // The RevisionId of a published version stays: to its owner nothing has changed.
    const state: FunctionState = preparation.kind === 'failed' ? preparation : { kind: 'active' };
    const found = preparation.kind === 'failed' ? record : withDigest(record, preparation.imageDigest);
    functions.putVersion(owner.scope, owner.name, after(found, state));
  }
}

/** Only while it is under way there is something to tell. */
const withProgress = (version: VersionRecord, progress: string): VersionRecord =>
  version.state.kind === 'pending' || version.state.kind === 'updating'
    ? { ...version, state: { ...version.state, progress } }
    : version;

const after = (version: VersionRecord, state: FunctionState): VersionRecord => ({
  ...version,
  state: transition(version.state, state),
});

/** What an image's name meant when it was prepared is known from then on. */
const withDigest = (version: VersionRecord, digest: string | undefined): VersionRecord =>
  version.source.kind === 'image' && digest !== undefined
    ? { ...version, source: { ...version.source, digest } }
    : version;
