/** Who counts the requests of function URLs: a port. */
import type { UrlTarget } from './url-target.ts';

export interface UrlMetrics {
  /** @param latency milliseconds until the answer began */
  answered(target: UrlTarget, status: number, latency: number): void;
}
