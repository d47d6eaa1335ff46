/** The function has nothing that could be started: no `bootstrap`, or one that is not executable. */
export class InvalidEntrypoint extends Error {
  override readonly name = 'InvalidEntrypoint';
  /** The error type that AWS reports for it. */
  readonly errorType = 'Runtime.InvalidEntrypoint';

  constructor() {
    super("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  }
}
