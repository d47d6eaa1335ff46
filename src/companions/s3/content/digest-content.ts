/** The digests of content that is already here. */
import { type ChecksumAlgorithm, digestOf } from '../checksum/checksum-algorithm.ts';
import { type Content, readContent } from './content.ts';

export interface ContentDigests {
  readonly md5: Buffer;
  readonly checksum: Buffer;
}

export async function digestContent(content: Content, algorithm: ChecksumAlgorithm): Promise<ContentDigests> {
  const md5 = digestOf('MD5');
  const checksum = digestOf(algorithm);
  for await (const chunk of readContent(content)) {
    md5.update(chunk);
    checksum.update(chunk);
  }
  return { md5: md5.digest(), checksum: checksum.digest() };
}
