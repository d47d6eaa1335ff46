/** Code in buckets, read through the client of S3: from the embedded one, or from wherever it is. */
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { ServiceClients } from '../../aws/clients/service-clients.ts';
import type { Scope } from '../../aws/scope.ts';
import type { CodeObject, CodeObjectAnswer, CodeObjects } from '../../lambda/code/code-objects.ts';

export class BucketCode implements CodeObjects {
  readonly #clients: () => ServiceClients;

  constructor(clients: () => ServiceClients) {
    this.#clients = clients;
  }

  async fetch(object: CodeObject, scope: Scope, limit: number, signal: AbortSignal): Promise<CodeObjectAnswer> {
    try {
      const client = await this.#clients().s3(scope);
      const home = await bucketRegion(client, object.bucket, signal);
      if (home !== undefined && home !== scope.region) return elsewhere(home);
      return await download(client, object, limit, signal);
    } catch (error) {
      signal.throwIfAborted();
      return refusal(error);
    }
  }
}

async function download(
  client: S3Client,
  { bucket, key, version }: CodeObject,
  limit: number,
  abortSignal: AbortSignal,
): Promise<CodeObjectAnswer> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const request = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version });
  const answer: GetObjectCommandOutput = await client.send(request, { abortSignal });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.Body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop ends the download.
    if (size > limit) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return { kind: 'found', archive: Buffer.concat(chunks, size) };
}

/** Nothing where S3 does not say it: that there is no bucket is for GetObject to say. */
async function bucketRegion(client: S3Client, bucket: string, abortSignal: AbortSignal): Promise<string | undefined> {
  const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
  try {
    return (await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal })).BucketRegion;
  } catch {
    return undefined;
  }
}

/** Lambda reads code in its own region alone. */
const elsewhere = (region: string): CodeObjectAnswer => ({
  kind: 'refused',
  code: 'PermanentRedirect',
  message: `The bucket is in this region: ${region}. Please use this region to retry the request`,
});

function refusal(error: unknown): CodeObjectAnswer {
  if (!(error instanceof Error)) return { kind: 'refused', code: 'InternalError', message: String(error) };
  const isOfS3 = '$metadata' in error;
  return { kind: 'refused', code: isOfS3 ? error.name : 'ServiceUnavailable', message: error.message };
}
