/** Code signing configurations as resources with tags. */
import type { TaggedResources } from '../tag/taggable.ts';
import { requireCodeSigningConfig } from './require-code-signing-config.ts';

export const taggedCodeSigningConfigs: TaggedResources = {
  tagsOf: ({ arn }, call) => requireCodeSigningConfig(arn, call).tags,
  replaceTags({ arn }, tags, call) {
    const record = requireCodeSigningConfig(arn, call);
    call.stores.codeSigningConfigs.put(call.scope, record.id, { ...record, tags });
  },
};
