/** What must hold or the code is wrong: a failed invariant is our fault, never the caller's. */

export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new InvariantViolation(what);
}

/** The end of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`unexpected member: ${JSON.stringify(value)}`);
}
