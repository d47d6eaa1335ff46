/** The published version of a function on a capacity provider that a request names, or AWS's error. */
import type { LambdaCall } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { type NamedVersion, requireVersion } from '../version/require-version.ts';

/** @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a function without capacity provider. */
export function requireScaledVersion(
  input: { readonly FunctionName: string; readonly Qualifier: string },
  call: LambdaCall,
): NamedVersion {
  const named = requireVersion(input, call);
  if (named.version.settings.capacityProvider === undefined) {
    throw invalidParameterValue(
      'Function scaling configuration is only supported for functions with a capacity provider configuration.',
    );
  }
  return named;
}
