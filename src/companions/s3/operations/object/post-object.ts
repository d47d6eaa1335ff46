/** Stores an object that comes in a form, as browsers send it. */
import { s3 } from '../../../../aws/generated/s3.ts';
import type { EncodedResponse } from '../../../../aws/protocol/encoded-response.ts';
import { xmlText } from '../../../../aws/protocol/xml/xml-text.ts';
import { ServiceError } from '../../../../aws/service-error.ts';
import type { Bucket } from '../../bucket/bucket.ts';
import { release } from '../../content/content.ts';
import { checkKey } from '../../object/object-key.ts';
import { quoted } from '../../object/object-output.ts';
import { objectTraits } from '../../object/object-traits.ts';
import type { ObjectVersion } from '../../object/object-version.ts';
import { storeVersion } from '../../object/store-version.ts';
import { checkInput } from '../../request/check-input.ts';
import { headerText } from '../../request/header-text.ts';
import type { PostForm } from '../../request/post-form.ts';
import { checkPolicy, type PostPolicy } from '../../request/post-policy.ts';
import type { ReceivedContent, S3Call } from '../../s3-call.ts';
import { invalidArgument } from '../../s3-error.ts';
import { largestPut } from '../../s3-limits.ts';

/** Takes the form's file in, as `S3Call.receive` does a body. */
export type ReceiveFile = (limit: number) => Promise<ReceivedContent>;

/**
 * POST Object. A form without a policy is one without a signature: it is served, as all unsigned requests are.
 * @throws ServiceError AccessDenied, InvalidPolicyDocument, EntityTooLarge, EntityTooSmall, InvalidArgument
 * @see Amazon S3 API reference, "POST Object"
 */
export async function postObject(
  bucketName: string,
  { fields, fileName }: PostForm,
  receive: ReceiveFile,
  call: S3Call,
): Promise<EncodedResponse> {
  const bucket = call.buckets.require(bucketName);
  const key = keyOf(fields, fileName);
  const policy = policyOf(fields, bucketName, call);
  const input = traitsInput(fields);
  checkInput(s3, 'PutObjectRequest', input);
  const traits = objectTraits(input, Object.fromEntries(fields), bucket);
  const { content, md5, checksum } = await received(receive, policy);
  const object = { ...traits, key, content, etag: md5.toString('hex'), checksum };
  const version = storeVersion(bucket, object, {}, call);
  call.notifier.created(bucket, 'ObjectCreated:Post', version, call);
  return answer(fields, bucket, version, call);
}

function keyOf(fields: ReadonlyMap<string, string>, fileName: string): string {
  const key = fields.get('key');
  if (key === undefined || key === '') {
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      'key',
      '',
    );
  }
  const whole = key.replaceAll('${filename}', fileName);
  checkKey(whole);
  return whole;
}

function policyOf(fields: ReadonlyMap<string, string>, bucket: string, { clock }: S3Call): PostPolicy {
  const encoded = fields.get('policy');
  if (encoded === undefined) return { minSize: 0, maxSize: largestPut };
  return checkPolicy(encoded, new Map([...fields, ['bucket', bucket]]), clock.now());
}

async function received(receive: ReceiveFile, { minSize, maxSize }: PostPolicy): Promise<ReceivedContent> {
  const limit = Math.min(maxSize, largestPut);
  const file = await receive(limit);
  const { size } = file.content;
  if (size >= minSize) return file;
  release(file.content);
  throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    status: 400,
    members: { ProposedSize: size, MinSizeAllowed: minSize },
  });
}

function traitsInput(fields: ReadonlyMap<string, string>) {
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return value === undefined ? undefined : headerText(value);
  };
  const metadata = [...fields].filter(([name]) => name.startsWith('x-amz-meta-'));
  return {
    Bucket: '',
    Key: '',
    CacheControl: text('cache-control'),
    ContentDisposition: text('content-disposition'),
    ContentType: text('content-type'),
    // Checked against the model, as all of it is.
    StorageClass: text('x-amz-storage-class') as 'STANDARD' | undefined,
    WebsiteRedirectLocation: text('x-amz-website-redirect-location'),
    Metadata: Object.fromEntries(
      metadata.map(([name, value]) => [name.slice('x-amz-meta-'.length), headerText(value)]),
    ),
  };
}

function answer(
  fields: ReadonlyMap<string, string>,
  bucket: Bucket,
  version: ObjectVersion,
  call: S3Call,
): EncodedResponse {
  const { name } = bucket;
  const etag = quoted(version.etag);
  const location = `${call.origin}/${name}/${encodeURIComponent(version.key).replaceAll('%2F', '/')}`;
  const { VersionId: versionId } = bucket.shownVersion(version.versionId);
  const headers = { etag, location, ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }) };
  const redirect = URL.parse(fields.get('success_action_redirect') ?? fields.get('redirect') ?? '');
  if (redirect !== null) {
    for (const [parameter, value] of [
      ['bucket', name],
      ['key', version.key],
      ['etag', etag],
    ] as const) {
      redirect.searchParams.set(parameter, value);
    }
    return { status: 303, headers: { etag, location: redirect.href }, body: undefined };
  }
  switch (fields.get('success_action_status')) {
    case '200':
      return { status: 200, headers, body: undefined };
    case '201': {
      const details = { Location: location, Bucket: name, Key: version.key, ETag: etag };
      const text = Object.entries(details).map(([tag, value]) => `<${tag}>${xmlText(value)}</${tag}>`);
      const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${text.join('')}</PostResponse>`);
      return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body };
    }
    default:
      return { status: 204, headers, body: undefined };
  }
}
