/** Shows the tags of a resource. */
import type { LambdaOperation } from '../lambda-call.ts';
import { addressResource } from './resource-address.ts';

/**
 * `ListTags`; Tags is empty when there are none.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for what cannot have tags.
 * @see AWS Lambda API reference, ListTags
 */
export const listTags: LambdaOperation<'ListTags'> = (input, call) => {
  const { resources, address } = addressResource(call.scope, input.Resource);
  return { Tags: resources.tagsOf(address, call) };
};
