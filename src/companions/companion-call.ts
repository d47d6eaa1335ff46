/** One call of a companion's API, as an operation sees it beside its input. */
import type { Call } from '../aws/call.ts';

export interface CompanionCall extends Call {
  /** Scheme, host and port by which the client reached the daemon, for the URLs that it is given. */
  readonly origin: string;
  /** Who signed, whether or not the signature is right; nothing for a request without one. */
  readonly accessKeyId: string | undefined;
  /** Whether another service of this daemon calls: EventBridge takes events of `aws.` sources from those alone. */
  readonly isInProcess: boolean;
}
