/** Amazon SQS, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const sqs: GeneratedService = {
  name: 'sqs',
  title: 'Sqs',
  fullName: 'Amazon SQS',
  sdkPackage: '@aws-sdk/client-sqs',
  model: 'sqs/2012-11-05',
  namespacedErrors: true,
};
