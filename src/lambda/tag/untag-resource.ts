/** Takes tags from a resource. */
import type { LambdaOperation } from '../lambda-call.ts';
import { addressResource } from './resource-address.ts';

/**
 * `UntagResource`; a name that is not there is no error.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for what cannot have tags.
 * @see AWS Lambda API reference, UntagResource
 */
export const untagResource: LambdaOperation<'UntagResource'> = (input, call) => {
  const { resources, address } = addressResource(call.scope, input.Resource);
  const removed = new Set(input.TagKeys);
  const left = Object.entries(resources.tagsOf(address, call)).filter(([name]) => !removed.has(name));
  resources.replaceTags(address, Object.fromEntries(left), call);
  return {};
};
