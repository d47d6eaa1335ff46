/** Tells how far the pull of an image is: the log without a line for each of its thousand steps, who waits for it more. */
import type { Logger } from '../../kernel/logger.ts';
import type { PullProgress } from './engine/engine-types.ts';

/** Of the bytes known by then, in hundredths. */
const step = 25;

export class PullReport {
  readonly #name: string;
  readonly #logger: Logger;
  readonly #layers = new Map<string, { current: number; total: number }>();
  readonly #followers: ((what: string) => void)[] = [];
  #logged = 0;
  #latest: string;

  constructor(name: string, logger: Logger) {
    this.#name = name;
    this.#logger = logger;
    this.#latest = `pulling the image ${name}`;
    logger.info(`Pulling the image ${name}`);
  }

  /** Tells somebody where it is now, and each change. */
  follow(follower: (what: string) => void): void {
    this.#followers.push(follower);
    follower(this.#latest);
  }

  tell({ status, id, progressDetail }: PullProgress): void {
    if (status !== 'Downloading' || id === undefined || progressDetail?.total === undefined) return;
    this.#layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
    let [current, total] = [0, 0];
    for (const layer of this.#layers.values()) {
      current += layer.current;
      total += layer.total;
    }
    const share = Math.floor((100 * current) / total);
    const far = `${share} % of ${Math.ceil(total / 1_000_000)} MB`;
    this.#tellFollowers(`pulling the image ${this.#name}, ${far}`);
    // A layer that begins makes the whole larger, and what is there a smaller share of it.
    if (share < this.#logged + step || share >= 100) return;
    this.#logged = share - (share % step);
    this.#logger.info(`Pulling the image ${this.#name}: ${far}`);
  }

  done(): void {
    this.#logger.info(`The image ${this.#name} is here`);
  }

  #tellFollowers(what: string): void {
    if (what === this.#latest) return;
    this.#latest = what;
    for (const follower of this.#followers) follower(what);
  }
}
