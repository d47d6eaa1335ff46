/** What a mishap does to an invocation before it has an environment. */
import { ServiceError } from '../aws/service-error.ts';
import type { EnvironmentPool } from '../environment/environment-pool.ts';
import { seconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { InjectedFaults, Mishap } from './injected-fault.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';

/**
 * @returns nothing when the invocation may go on
 * @throws ServiceError ServiceException
 */
export async function sufferMishap(
  { latency, refusal, coldStart }: Mishap,
  version: FunctionVersion,
  faults: InjectedFaults,
  pool: EnvironmentPool,
): Promise<InvocationOutcome | undefined> {
  if (latency !== undefined && !(await faults.wait(latency))) return { kind: 'stopped' };
  switch (refusal?.kind) {
    case 'throttle':
      return { kind: 'throttled', reason: refusal.reason, retryAfter: seconds(1) };
    case 'service-error':
      throw new ServiceError('ServiceException', refusal.message, { type: 'Service' });
    case undefined:
      if (coldStart) pool.evictAll(version);
      return undefined;
  }
}
