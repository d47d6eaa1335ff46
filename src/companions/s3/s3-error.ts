/**
 * The errors of S3, in its words.
 * @see Amazon S3 API reference, "Error responses"
 */
import { ServiceError } from '../../aws/service-error.ts';

type Members = Readonly<Record<string, string | number>>;

const s3Error = (code: string, status: number, message: string, members: Members = {}): ServiceError =>
  new ServiceError(code, message, { status, members });

export const noSuchBucket = (bucket: string): ServiceError =>
  s3Error('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: bucket });

export const noSuchKey = (key: string): ServiceError =>
  s3Error('NoSuchKey', 404, 'The specified key does not exist.', { Key: key });

export const noSuchVersion = (key: string, versionId: string): ServiceError =>
  s3Error('NoSuchVersion', 404, 'The specified version does not exist.', { Key: key, VersionId: versionId });

export const noSuchUpload = (uploadId: string): ServiceError =>
  s3Error(
    'NoSuchUpload',
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: uploadId },
  );

export const notConfigured = (code: string, message: string, bucket: string): ServiceError =>
  s3Error(code, 404, message, { BucketName: bucket });

export const invalidArgument = (message: string, name: string, value: string): ServiceError =>
  s3Error('InvalidArgument', 400, message, { ArgumentName: name, ArgumentValue: value });

export const invalidRequest = (message: string): ServiceError => s3Error('InvalidRequest', 400, message);

export const malformedXml = (cause?: unknown): ServiceError =>
  new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { status: 400, cause },
  );

export const malformedPolicy = (message: string): ServiceError => s3Error('MalformedPolicy', 400, message);

export const invalidBucketName = (bucket: string): ServiceError =>
  s3Error('InvalidBucketName', 400, 'The specified bucket is not valid.', { BucketName: bucket });

export const bucketAlreadyExists = (bucket: string): ServiceError =>
  s3Error(
    'BucketAlreadyExists',
    409,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { BucketName: bucket },
  );

export const bucketAlreadyOwnedByYou = (bucket: string): ServiceError =>
  s3Error(
    'BucketAlreadyOwnedByYou',
    409,
    'Your previous request to create the named bucket succeeded and you already own it.',
    { BucketName: bucket },
  );

export const bucketNotEmpty = (bucket: string, hasVersions: boolean): ServiceError =>
  s3Error(
    'BucketNotEmpty',
    409,
    hasVersions
      ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
      : 'The bucket you tried to delete is not empty',
    { BucketName: bucket },
  );

export const keyTooLong = (size: number, limit: number): ServiceError =>
  s3Error('KeyTooLongError', 400, 'Your key is too long', { Size: size, MaxSizeAllowed: limit });

export const preconditionFailed = (condition: string): ServiceError =>
  s3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });

/** Answered without a body. */
export const notModified = (headers: Readonly<Record<string, string>>): ServiceError =>
  new ServiceError('NotModified', 'Not Modified', { status: 304, headers });

export const invalidRange = (range: string, size: number): ServiceError =>
  s3Error('InvalidRange', 416, 'The requested range is not satisfiable', {
    RangeRequested: range,
    ActualObjectSize: size,
  });

export const methodNotAllowed = (
  method: string,
  resource: string,
  headers: Readonly<Record<string, string>> = {},
): ServiceError =>
  new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    status: 405,
    members: { Method: method, ResourceType: resource },
    headers,
  });

export const notImplementedHeader = (header: string): ServiceError =>
  s3Error('NotImplemented', 501, 'A header you provided implies functionality that is not implemented', {
    Header: header,
  });

export const notImplemented = (what: string): ServiceError =>
  s3Error('NotImplemented', 501, `${what} of s3 is not implemented in this version of lambdad.`);

export const badDigest = (what: string, expected: string, calculated: string): ServiceError =>
  what === 'Content-MD5'
    ? s3Error('BadDigest', 400, 'The Content-MD5 you specified did not match what we received.', {
        ExpectedDigest: expected,
        CalculatedDigest: calculated,
      })
    : s3Error('BadDigest', 400, `The ${what} you specified did not match the calculated checksum.`);

export const invalidDigest = (value: string): ServiceError =>
  s3Error('InvalidDigest', 400, 'The Content-MD5 you specified was invalid.', { 'Content-MD5': value });

export const payloadMismatch = (expected: string, calculated: string): ServiceError =>
  s3Error(
    'XAmzContentSHA256Mismatch',
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { ClientComputedContentSHA256: expected, S3ComputedContentSHA256: calculated },
  );

export const incompleteBody = (): ServiceError =>
  s3Error('IncompleteBody', 400, 'The request body terminated unexpectedly');

export const entityTooLarge = (size: number, limit: number): ServiceError =>
  s3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: size,
    MaxSizeAllowed: limit,
  });

export const requestTooLarge = (limit: number): ServiceError =>
  s3Error('MaxMessageLengthExceeded', 400, 'Your request was too big.', { MaxMessageLengthBytes: limit });

export const missingContentLength = (): ServiceError =>
  s3Error('MissingContentLength', 411, 'You must provide the Content-Length HTTP header.');

export const accessDenied = (message = 'Access Denied', members: Members = {}): ServiceError =>
  s3Error('AccessDenied', 403, message, members);

export const authorizationQueryParameters = (message: string): ServiceError =>
  s3Error('AuthorizationQueryParametersError', 400, message);

export const metadataTooLarge = (size: number, limit: number): ServiceError =>
  s3Error('MetadataTooLarge', 400, 'Your metadata headers exceed the maximum allowed metadata size', {
    Size: size,
    MaxSizeAllowed: limit,
  });

export const invalidTag = (message: string): ServiceError => s3Error('InvalidTag', 400, message);

export const tooManyTags = (limit: number): ServiceError =>
  s3Error('BadRequest', 400, `Object tags cannot be greater than ${limit}`);

export const invalidPart = (uploadId: string, number: number, etag: string): ServiceError =>
  s3Error(
    'InvalidPart',
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId: uploadId, PartNumber: number, ETag: etag },
  );

export const invalidPartOrder = (uploadId: string): ServiceError =>
  s3Error(
    'InvalidPartOrder',
    400,
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
    { UploadId: uploadId },
  );

export const invalidPartNumber = (): ServiceError =>
  s3Error('InvalidPartNumber', 416, 'The requested partnumber is not satisfiable');

export const entityTooSmall = (size: number, limit: number, number: number, etag: string): ServiceError =>
  s3Error('EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: size,
    MinSizeAllowed: limit,
    PartNumber: number,
    ETag: etag,
  });

export const illegalLocationConstraint = (constraint: string): ServiceError =>
  s3Error(
    'IllegalLocationConstraintException',
    400,
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );

export const invalidLocationConstraint = (constraint: string): ServiceError =>
  s3Error('InvalidLocationConstraint', 400, 'The specified location-constraint is not valid', {
    LocationConstraint: constraint,
  });
