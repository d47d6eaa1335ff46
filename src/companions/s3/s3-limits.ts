/**
 * How much S3 takes.
 * @see Amazon S3 user guide, "Amazon S3 multipart upload limits"
 */

const mebibyte = 1024 ** 2;

/** Of one PutObject or UploadPart, in bytes. */
export const largestPut = 5 * 1024 * mebibyte;
/** Of all parts but the last. */
export const smallestPart = 5 * mebibyte;
export const mostParts = 10_000;
/** In bytes of UTF-8. */
export const longestKey = 1024;
/** Of a listing. */
export const longestPage = 1000;
/** Of a document in XML; the longest are lists of parts and of keys to delete. */
export const largestDocument = 2 * mebibyte;
