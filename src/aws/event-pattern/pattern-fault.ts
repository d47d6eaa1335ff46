/** A pattern that no event could be held against; each service words around it what it has to say. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
}
