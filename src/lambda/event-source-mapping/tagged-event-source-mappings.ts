/** Event source mappings as resources with tags. */
import type { LambdaCall } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import type { TaggableAddress, TaggedResources } from '../tag/taggable.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';

/** Tags are no part of its configuration: a change leaves its LastModified alone. */
export const taggedEventSourceMappings: TaggedResources = {
  tagsOf: (address, call) => requireAddressed(address, call).tags,
  replaceTags(address, tags, call) {
    const mapping = requireAddressed(address, call);
    call.stores.eventSourceMappings.put(call.scope, mapping.uuid, { ...mapping, tags });
  },
};

/** @throws ServiceError ResourceNotFoundException in other words than the operations on mappings have for it. */
function requireAddressed({ id, arn }: TaggableAddress, { scope, stores }: LambdaCall): EventSourceMappingRecord {
  const mapping = stores.eventSourceMappings.find(scope, id);
  if (mapping === undefined) throw resourceNotFound(`Event source mapping not found: ${arn}`);
  return mapping;
}
