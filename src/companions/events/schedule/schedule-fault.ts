/** An expression that says no schedule. */
export class ScheduleFault extends Error {
  override readonly name = 'ScheduleFault';
}
