/** The SDK's client of any service, for a daemon under test. */

/** What the constructors of all clients take alike. */
export interface ServiceClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** Retries are off, so that a test sees the first answer. */
export const clientOptions = (
  endpoint: string,
  { region = 'us-east-1', account = '000000000000' } = {},
): ServiceClientOptions => ({
  endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: 'test' },
  maxAttempts: 1,
});
