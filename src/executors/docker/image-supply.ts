/** Sees to it that the engine has an image, and pulls it when not. */
import type { Logger } from '../../kernel/logger.ts';
import { PreparationFailed } from '../executor.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import { EngineError } from './engine/engine-error.ts';
import type { ImageDetails } from './engine/engine-types.ts';
import { PullReport } from './pull-report.ts';
import { unlessAborted } from './unless-aborted.ts';

/** On whose behalf an image is had. */
export interface ImageRequest {
  readonly signal: AbortSignal;
  /** Told how far a pull is. */
  readonly progress: (what: string) => void;
}

interface Pull {
  readonly report: PullReport;
  readonly done: Promise<void>;
}

export class ImageSupply {
  readonly #logger: Logger;
  readonly #stop: AbortSignal;
  /** Pulls under way, for all who wait for the same image. */
  readonly #pulls = new Map<string, Pull>();

  /** @param stop ends pulls; who waits for one may give up before */
  constructor(logger: Logger, stop: AbortSignal) {
    this.#logger = logger;
    this.#stop = stop;
  }

  /**
   * @param platform `linux/arm64`; `undefined` takes what there is
   * @throws PreparationFailed when it is not here and cannot be pulled
   */
  async provide(
    engine: DockerEngine,
    name: string,
    platform: string | undefined,
    { signal, progress }: ImageRequest,
  ): Promise<ImageDetails> {
    const present = await engine.image(name, signal);
    if (present !== undefined && suits(present, platform)) return present;
    const pull = this.#pull(engine, name, platform);
    pull.report.follow(progress);
    try {
      await unlessAborted(pull.done, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw pullFailure(name, error);
    }
    const pulled = await engine.image(name, signal);
    if (pulled === undefined) throw pullFailure(name, new Error('the engine does not have it after the pull'));
    return pulled;
  }

  #pull(engine: DockerEngine, name: string, platform: string | undefined): Pull {
    const key = `${name} ${platform}`;
    const running = this.#pulls.get(key);
    if (running !== undefined) return running;
    const report = new PullReport(name, this.#logger);
    const done = engine
      .pull(name, platform, (step) => report.tell(step), this.#stop)
      .then(() => report.done())
      .finally(() => this.#pulls.delete(key));
    const pull = { report, done };
    this.#pulls.set(key, pull);
    return pull;
  }
}

function suits({ Architecture }: ImageDetails, platform: string | undefined): boolean {
  return platform === undefined || Architecture === '' || platform.split('/')[1] === Architecture;
}

function pullFailure(name: string, error: unknown): PreparationFailed {
  const message = error instanceof Error ? error.message : String(error);
  const refused = error instanceof EngineError && /denied|unauthorized|authentication|no basic auth/i.test(message);
  return new PreparationFailed(
    refused ? 'ImageAccessDenied' : 'InvalidImage',
    `The image ${name} is not on this machine and cannot be pulled: ${message}`,
    error,
  );
}
