/** Tenant isolation: which environments an invocation may run in. Source: Lambda developer guide, "Tenant isolation". */
import { ServiceError } from '../aws/service-error.ts';
import type { Purpose } from '../environment/purpose.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';

/**
 * @param tenantId as the caller gave it
 * @throws ServiceError InvalidParameterValueException for a function with tenant isolation without one, and for any other
 * function with one.
 */
export function purposeOf({ tenantIsolation }: FunctionVersion, tenantId: string | undefined): Purpose {
  if (tenantIsolation === undefined) {
    if (tenantId === undefined) return 'on-demand';
    throw refused(
      'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.',
    );
  }
  if (tenantId !== undefined) return `tenant ${tenantId}`;
  throw refused(
    'The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.',
  );
}

const refused = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);
