/** Amazon DynamoDB Streams, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const dynamodbStreams: GeneratedService = {
  name: 'dynamodb-streams',
  signingName: 'dynamodb',
  title: 'DynamodbStreams',
  fullName: 'Amazon DynamoDB Streams',
  sdkPackage: '@aws-sdk/client-dynamodb-streams',
  model: 'dynamodbstreams/2012-08-10',
  namespacedErrors: true,
};
