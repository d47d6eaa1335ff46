/**
 * The checksums that clients send and ask for.
 * @see Amazon S3 user guide, "Checking object integrity"
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  CyclicChecksum,
  crc32cPolynomial,
  crc32Polynomial,
  crc64NvmePolynomial,
  type Polynomial,
} from './cyclic-checksum.ts';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** Takes bytes and gives their digest at the end. */
export interface Digest {
  update(bytes: Buffer): void;
  digest(): Buffer;
}

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm =>
  (checksumAlgorithms as readonly string[]).includes(name);

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

export type ChecksumMembers = { readonly [Name in ChecksumAlgorithm as `Checksum${Name}`]?: string };

/** As the members of inputs and outputs are called. */
export const checksumMember = (algorithm: ChecksumAlgorithm, value: string): ChecksumMembers => ({
  [`Checksum${algorithm}`]: value,
});

export function digestOf(algorithm: ChecksumAlgorithm): Digest {
  switch (algorithm) {
    case 'CRC32':
      return new NativeCrc32();
    case 'CRC32C':
      return new CyclicChecksum(crc32cPolynomial);
    case 'CRC64NVME':
      return new CyclicChecksum(crc64NvmePolynomial);
    case 'SHA1':
    case 'SHA256':
    case 'SHA512':
    case 'MD5':
      return createHash(algorithm.toLowerCase());
  }
}

class NativeCrc32 implements Digest {
  #value = 0;

  update(bytes: Buffer): void {
    this.#value = crc32(bytes, this.#value);
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#value);
    return bytes;
  }
}

/** Those that can be put together from those of parts; all others of a multipart object are digests of digests. */
export function polynomialOf(algorithm: ChecksumAlgorithm): Polynomial | undefined {
  switch (algorithm) {
    case 'CRC32':
      return crc32Polynomial;
    case 'CRC32C':
      return crc32cPolynomial;
    case 'CRC64NVME':
      return crc64NvmePolynomial;
    case 'SHA1':
    case 'SHA256':
    case 'SHA512':
    case 'MD5':
      return undefined;
  }
}

export const digestLength: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
  MD5: 16,
};
