/** What the control plane asks of whoever runs functions so that environments are there before invocations come. */
import type { FunctionVersion } from '../function/function-version.ts';

export type ProvisioningOutcome =
  /** All are initialised. */
  | { readonly kind: 'provisioned' }
  /** At least one could not be initialised; none is left. */
  | { readonly kind: 'failed' }
  /** Another number was asked for, the version was retired, or the daemon is shutting down. */
  | { readonly kind: 'superseded' };

export interface ProvisionedEnvironments {
  /**
   * Keeps `count` environments of the version initialised from now on, in place of what was asked for before; 0 lets go
   * of them, those that run an invocation when that has ended. Resolves when they are there.
   */
  provision(version: FunctionVersion, count: number): Promise<ProvisioningOutcome>;
}
