/** One thing that `lambdad doctor` looks at, and what it found. */
import type { Config } from '../../daemon/config/config.ts';

export interface Finding {
  readonly name: string;
  /** `warn`: works, with less; `fail`: functions will not run, or not as the settings demand. */
  readonly status: 'ok' | 'warn' | 'fail';
  /** One sentence. */
  readonly detail: string;
  /** The command to type. */
  readonly fix?: string;
}

export interface CheckContext {
  readonly config: Config;
  readonly endpoint: URL;
  readonly platform: NodeJS.Platform;
}

export type Check = (context: CheckContext) => Promise<readonly Finding[]>;
