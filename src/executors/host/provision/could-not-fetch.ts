/** What could not be fetched, and why, in words that fit behind "because" and a colon. */
export class CouldNotFetch extends Error {
  override readonly name = 'CouldNotFetch';
}
