/** Begins an object that comes in parts. */
import { type ChecksumAlgorithm, isChecksumAlgorithm, polynomialOf } from '../../checksum/checksum-algorithm.ts';
import type { MultipartUpload } from '../../multipart/multipart-upload.ts';
import { objectTraits } from '../../object/object-traits.ts';
import type { S3Operation } from '../../s3-call.ts';
import { invalidRequest } from '../../s3-error.ts';
import type { S3Input } from '../../s3-types.ts';

/**
 * `CreateMultipartUpload`.
 * @throws ServiceError InvalidRequest for a kind of checksum that its algorithm does not have
 * @see Amazon S3 API reference, CreateMultipartUpload
 */
export const createMultipartUpload: S3Operation<'CreateMultipartUpload'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const traits = objectTraits(input, call.headers, bucket);
  const { algorithm, type } = checksumOf(input);
  const upload: MultipartUpload = {
    id: call.random.hex(32),
    key: input.Key,
    initiated: call.clock.now(),
    traits,
    algorithm,
    isAlgorithmChosen: input.ChecksumAlgorithm !== undefined,
    checksumType: type,
    parts: new Map(),
  };
  bucket.uploads.set(upload.id, upload);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    ...traits.encryption,
    ...(upload.isAlgorithmChosen ? { ChecksumAlgorithm: algorithm, ChecksumType: type } : {}),
  };
};

/** Which kinds there are. Source: Amazon S3 user guide, "Full object and composite checksum types". */
function checksumOf({ ChecksumAlgorithm: name, ChecksumType: type }: S3Input<'CreateMultipartUpload'>) {
  if (name === undefined) return { algorithm: 'CRC64NVME' as const, type: 'FULL_OBJECT' as const };
  if (!isChecksumAlgorithm(name)) {
    throw invalidRequest(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, MD5]',
    );
  }
  const algorithm: ChecksumAlgorithm = name;
  const isCombinable = polynomialOf(algorithm) !== undefined;
  const chosen = type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (chosen === 'COMPOSITE' ? algorithm === 'CRC64NVME' : !isCombinable) {
    throw invalidRequest(
      `The ${chosen} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: chosen };
}
