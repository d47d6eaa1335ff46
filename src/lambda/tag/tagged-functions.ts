/** Functions as resources with tags. */
import { requireFunction } from '../function/require-function.ts';
import { newRevisionId } from '../version/new-version.ts';
import type { TaggedResources } from './taggable.ts';

/** Tags belong to the function as a whole; every change, even one that changes nothing, gives it a new RevisionId. */
export const taggedFunctions: TaggedResources = {
  tagsOf: ({ arn }, call) => requireFunction(arn, call).tags,
  replaceTags({ arn }, tags, call) {
    const record = requireFunction(arn, call);
    const latest = { ...record.latest, revisionId: newRevisionId(call.random) };
    call.functions.put({ ...record, tags, latest });
  },
};
