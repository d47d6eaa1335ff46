/** What a shell's exit code says about the end of a process. */
import { signalOf } from './signal-of.ts';

/** How a process ended, as the system tells it. */
export type RawExit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals };

/** @param status above 128 the signal's number is added to that */
export function exitOfStatus(status: number): RawExit {
  const signal = status > 128 ? signalOf(status - 128) : undefined;
  return signal === undefined ? { kind: 'code', code: status } : { kind: 'signal', signal };
}
