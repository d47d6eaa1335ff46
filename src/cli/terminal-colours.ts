/** Colours for one output: only on a terminal, and only where nobody asked for none. */
import picocolors from 'picocolors';
import type { Environment } from '../daemon/config/setting.ts';
import type { Output } from './cli-context.ts';

export type Colours = ReturnType<typeof picocolors.createColors>;

/** @see https://no-color.org */
export function wantsColours(output: Output, environment: Environment): boolean {
  return output.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

export const coloursFor = (output: Output, environment: Environment): Colours =>
  picocolors.createColors(wantsColours(output, environment));
