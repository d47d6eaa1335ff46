/** What users may say about debugging a function. */

export interface FunctionDebugSettings {
  /** Where debuggers come to; the function's own port where absent. */
  readonly port?: number;
  /** The address to listen on, where it is not the usual one. */
  readonly host?: string;
  /** Time-outs are in force also while a debugger is attached. */
  readonly enforceTimeouts: boolean;
  /** The function's code is not loaded before a debugger is attached. */
  readonly wait: boolean;
}

export interface NamedDebugSettings extends FunctionDebugSettings {
  /** Account and region of the function; any where absent. */
  readonly scope: { readonly account: string; readonly region: string } | undefined;
  readonly name: string;
  /** `$LATEST` or a number. */
  readonly version: string;
}
