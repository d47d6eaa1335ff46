/** A bucket: its objects, the uploads that are under way, and how it is configured. */
import type { AccountId, Region } from '../../../aws/scope.ts';
import type { Milliseconds } from '../../../kernel/quantity.ts';
import type { MultipartUpload } from '../multipart/multipart-upload.ts';
import { ObjectIndex } from '../object/object-index.ts';
import { type BucketSettings, newSettings } from './bucket-settings.ts';

export interface BucketOrigin {
  readonly name: string;
  readonly region: Region;
  readonly owner: AccountId;
  readonly created: Milliseconds;
}

export class Bucket {
  readonly name: string;
  readonly region: Region;
  readonly owner: AccountId;
  readonly created: Milliseconds;
  readonly objects = new ObjectIndex();
  readonly uploads = new Map<string, MultipartUpload>();
  readonly settings: BucketSettings = newSettings();
  /** Absent as long as it never kept versions. */
  versioning: 'Enabled' | 'Suspended' | undefined;

  constructor({ name, region, owner, created }: BucketOrigin) {
    this.name = name;
    this.region = region;
    this.owner = owner;
    this.created = created;
  }

  /** As answers show it: nothing where versions were never kept. */
  shownVersion(versionId: string): { readonly VersionId?: string } {
    return this.versioning === undefined ? {} : { VersionId: versionId };
  }
}
