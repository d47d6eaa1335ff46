/** The kinds of resources that can have tags, each with the room that keeps them. */
import { taggedCapacityProviders } from '../capacity-provider/tagged-capacity-providers.ts';
import { taggedCodeSigningConfigs } from '../code-signing/tagged-code-signing-configs.ts';
import { taggedEventSourceMappings } from '../event-source-mapping/tagged-event-source-mappings.ts';
import type { TaggableKind, TaggedResources } from './taggable.ts';
import { taggedFunctions } from './tagged-functions.ts';

export const taggableKinds: Readonly<Record<TaggableKind, TaggedResources>> = {
  function: taggedFunctions,
  'event-source-mapping': taggedEventSourceMappings,
  'code-signing-config': taggedCodeSigningConfigs,
  'capacity-provider': taggedCapacityProviders,
};

export const isTaggableKind = (kind: string): kind is TaggableKind => Object.hasOwn(taggableKinds, kind);
