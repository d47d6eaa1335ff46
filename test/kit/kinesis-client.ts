/** A client of Kinesis that speaks HTTP/1.1, where the SDK's own choice would be HTTP/2 without TLS. */
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { clientOptions } from './service-client.ts';

/** The one place where the tests choose a handler. Retries are off, so that a test sees the first answer. */
export const kinesisClient = (endpoint: string, options: { region?: string; account?: string } = {}): KinesisClient =>
  new KinesisClient({ ...clientOptions(endpoint, options), requestHandler: new NodeHttpHandler() });
