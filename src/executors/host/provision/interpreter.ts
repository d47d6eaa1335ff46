/** An interpreter on this machine, as found behind links and version managers' shims. */
export interface Interpreter {
  /** Absolute path of the binary itself. */
  readonly binary: string;
  /** `24.21.0` */
  readonly version: string;
  /** The folder that must be readable for it to run, as its standard library is there; none for Node.js. */
  readonly prefix: string | undefined;
  /** What it is called in `/var/lang/bin`; the first is what is run. */
  readonly names: readonly [string, ...string[]];
}
