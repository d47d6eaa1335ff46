/** What a person sees of an invocation beside its answer: on stderr, so that a pipe gets the answer alone. */
import type { CliContext } from './cli-context.ts';
import { errorText } from './invocation-answer.ts';
import { coloursFor } from './terminal-colours.ts';

export function showLog(log: string | undefined, { stderr, environment }: CliContext): void {
  if (log !== undefined) stderr.write(coloursFor(stderr, environment).dim(log));
}

/** @param kind `Unhandled` */
export function showFunctionError(kind: string, payload: Buffer, { stderr, environment }: CliContext): void {
  const colours = coloursFor(stderr, environment);
  stderr.write(`${colours.red('the function failed')} (${kind})\n${errorText(payload)}\n`);
}
