/** Clients of a test daemon's S3, with the defaults of the SDK. */
import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { TestDaemon } from '../kit/test-daemon.ts';

export interface S3ClientOptions extends Pick<S3ClientConfig, 'requestChecksumCalculation'> {
  readonly region?: string;
  readonly account?: string;
}

export const s3Client = (daemon: TestDaemon, options: S3ClientOptions = {}): S3Client => {
  const { region = 'us-east-1', account = '000000000000', ...more } = options;
  return new S3Client({
    endpoint: daemon.endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
    forcePathStyle: true,
    maxAttempts: 1,
    ...more,
  });
};

/** A bucket that no other test has. */
export async function newBucket(client: S3Client, name = `bucket-${++count}`): Promise<string> {
  await client.send(new CreateBucketCommand({ Bucket: name }));
  return name;
}

let count = 0;

/** What a call is refused with, as the SDK tells it. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ readonly code: string; readonly status: number | undefined; readonly message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    return { code: name, status: $metadata?.httpStatusCode, message };
  }
  throw new Error('it was not refused');
}
