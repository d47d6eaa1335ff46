/** Tells the log how far the pull of an image is, without a line for each of its thousand steps. */
import type { Logger } from '../../kernel/logger.ts';
import type { PullProgress } from './engine/engine-types.ts';

/** Of the bytes known by then, in hundredths. */
const step = 25;

export class PullReport {
  readonly #name: string;
  readonly #logger: Logger;
  readonly #layers = new Map<string, { current: number; total: number }>();
  #told = 0;

  constructor(name: string, logger: Logger) {
    this.#name = name;
    this.#logger = logger;
    logger.info(`Pulling the image ${name}`);
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
    if (share < this.#told + step || share >= 100) return;
    this.#told = share - (share % step);
    this.#logger.info(`Pulling the image ${this.#name}: ${share} % of ${Math.ceil(total / 1_000_000)} MB`);
  }

  done(): void {
    this.#logger.info(`The image ${this.#name} is here`);
  }
}
