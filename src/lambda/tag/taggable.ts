/** Port: resources of one kind that can have tags, in whatever room they live. */
import type { LambdaCall } from '../lambda-call.ts';

/** As the ARN names it: `arn:aws:lambda:<region>:<account>:<kind>:<id>`. */
export type TaggableKind = 'function' | 'event-source-mapping' | 'code-signing-config' | 'capacity-provider';

export type Tags = Readonly<Record<string, string>>;

/** A resource of the caller's own account and region; whether there is one, its room knows. */
export interface TaggableAddress {
  /** Function or capacity provider by name, event source mapping by UUID, code signing configuration by `csc-…`. */
  readonly id: string;
  readonly arn: string;
}

/**
 * Each room with a taggable kind implements it as one constant; `taggable-kinds.ts` lists them.
 * Both throw a ServiceError in AWS's words when there is no such resource.
 */
export interface TaggedResources {
  /** Empty when it has none. */
  tagsOf(address: TaggableAddress, call: LambdaCall): Tags;
  /** Replaces all its tags with those given, which were checked. */
  replaceTags(address: TaggableAddress, tags: Tags, call: LambdaCall): void;
}
