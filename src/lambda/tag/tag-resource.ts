/** Adds tags to a resource. */
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { addressResource } from './resource-address.ts';
import { checkTags } from './tag-rules.ts';

/**
 * `TagResource`; a tag of the same name gets the new value.
 * @throws ServiceError InvalidParameterValueException for no tags, for too many with those that are there, and for
 * names that belong to AWS; ResourceNotFoundException.
 * @see AWS Lambda API reference, TagResource
 */
export const tagResource: LambdaOperation<'TagResource'> = (input, call) => {
  // The front end lets a request without tags through, whatever the model says.
  if (input.Tags === undefined || Object.keys(input.Tags).length === 0) {
    throw invalidParameterValue('An error occurred and the request cannot be processed.');
  }
  const { resources, address } = addressResource(call.scope, input.Resource);
  const tags = { ...resources.tagsOf(address, call), ...input.Tags };
  checkTags(tags);
  resources.replaceTags(address, tags, call);
  return {};
};
