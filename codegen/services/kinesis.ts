/** Amazon Kinesis Data Streams, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const kinesis: GeneratedService = {
  name: 'kinesis',
  title: 'Kinesis',
  fullName: 'Amazon Kinesis Data Streams',
  sdkPackage: '@aws-sdk/client-kinesis',
  model: 'kinesis/2013-12-02',
};
