/** One version of an object, as it is kept: values, replaced as a whole when something of them changes. */
import type { Milliseconds } from '../../../kernel/quantity.ts';
import type { ChecksumAlgorithm } from '../checksum/checksum-algorithm.ts';
import type { Content } from '../content/content.ts';
import type { ContentHeaders } from './content-headers.ts';

/** Of what was stored while the bucket kept no versions. */
export const nullVersion = 'null';

export interface ObjectChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
  /** Base64; of composite ones with the number of parts after it. */
  readonly value: string;
}

export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Encryption {
  readonly ServerSideEncryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
}

export interface ObjectVersion {
  readonly kind: 'object';
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: Milliseconds;
  readonly content: Content;
  /** Without quotes. */
  readonly etag: string;
  readonly checksum: ObjectChecksum;
  /** As the client named them, `Content-Type` for example. */
  readonly headers: ContentHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: Encryption;
  readonly tags: readonly Tag[];
  readonly acl: string;
  /** Of an object that came in parts. */
  readonly parts?: readonly ObjectPart[];
}

/** Says that there is no object of this key any more, while its versions stay. */
export interface DeleteMarker {
  readonly kind: 'delete-marker';
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: Milliseconds;
}

export type KeyVersion = ObjectVersion | DeleteMarker;

/** What a client says of an object beside its content. */
export type ObjectTraits = Pick<ObjectVersion, 'headers' | 'metadata' | 'storageClass' | 'encryption' | 'tags' | 'acl'>;
