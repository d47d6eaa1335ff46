/** Signals by number, as exit codes above 128 tell them. */
import { constants } from 'node:os';

export function signalOf(number: number): NodeJS.Signals | undefined {
  for (const [name, value] of Object.entries(constants.signals)) {
    if (value === number) return name as NodeJS.Signals;
  }
  return undefined;
}
