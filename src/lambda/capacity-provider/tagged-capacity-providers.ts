/** Capacity providers as resources with tags. */
import type { TaggedResources } from '../tag/taggable.ts';
import { requireCapacityProvider } from './require-capacity-provider.ts';

export const taggedCapacityProviders: TaggedResources = {
  tagsOf: ({ arn }, call) => requireCapacityProvider(arn, call).tags,
  replaceTags({ arn }, tags, call) {
    const provider = requireCapacityProvider(arn, call);
    call.stores.capacityProviders.put(call.scope, provider.name, { ...provider, tags });
  },
};
