/** Who counts events: a port. */
import type { Milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';

export interface EventMetrics {
  received(version: FunctionVersion): void;
  /** An attempt begins. @param age since the event was accepted */
  attempted(version: FunctionVersion, age: Milliseconds): void;
  /** Given up: its attempts are used up, or it is too old. */
  dropped(version: FunctionVersion): void;
}
