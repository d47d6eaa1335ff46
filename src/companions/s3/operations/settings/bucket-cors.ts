/** Reads and changes which pages may use a bucket from a browser. */
import type { S3Operation } from '../../s3-call.ts';
import { invalidRequest, malformedXml, notConfigured } from '../../s3-error.ts';

const methods = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];
const mostRules = 100;

/** @throws ServiceError NoSuchCORSConfiguration. @see Amazon S3 API reference, GetBucketCors */
export const getBucketCors: S3Operation<'GetBucketCors'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.cors === undefined) {
    throw notConfigured('NoSuchCORSConfiguration', 'The CORS configuration does not exist', name);
  }
  return { CORSRules: settings.cors };
};

/** @throws ServiceError InvalidRequest, MalformedXML. @see Amazon S3 API reference, PutBucketCors */
export const putBucketCors: S3Operation<'PutBucketCors'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  const rules = input.CORSConfiguration.CORSRules ?? [];
  if (rules.length === 0 || rules.length > mostRules) throw malformedXml();
  for (const { AllowedMethods = [], AllowedOrigins = [], AllowedHeaders = [] } of rules) {
    const unknown = AllowedMethods.find((method) => !methods.includes(method));
    if (unknown !== undefined) {
      throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
    }
    const wild = [...AllowedOrigins, ...AllowedHeaders].find((pattern) => pattern.split('*').length > 2);
    if (wild !== undefined) throw invalidRequest(`AllowedOrigin "${wild}" can not have more than one wildcard.`);
  }
  settings.cors = rules;
  return {};
};

/** @see Amazon S3 API reference, DeleteBucketCors */
export const deleteBucketCors: S3Operation<'DeleteBucketCors'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.cors;
  return {};
};
