/** Every service whose wire is generated. */
import type { GeneratedService } from './generated-service.ts';
import { cloudwatch } from './services/cloudwatch.ts';
import { dynamodb } from './services/dynamodb.ts';
import { dynamodbStreams } from './services/dynamodb-streams.ts';
import { ecr } from './services/ecr.ts';
import { events } from './services/events.ts';
import { iam } from './services/iam.ts';
import { kinesis } from './services/kinesis.ts';
import { kms } from './services/kms.ts';
import { lambda } from './services/lambda.ts';
import { logs } from './services/logs.ts';
import { s3 } from './services/s3.ts';
import { secretsmanager } from './services/secretsmanager.ts';
import { sns } from './services/sns.ts';
import { sqs } from './services/sqs.ts';
import { ssm } from './services/ssm.ts';
import { sts } from './services/sts.ts';

export const generatedServices: readonly GeneratedService[] = [
  lambda,
  sqs,
  sns,
  s3,
  kinesis,
  dynamodb,
  dynamodbStreams,
  logs,
  cloudwatch,
  events,
  iam,
  sts,
  secretsmanager,
  ssm,
  kms,
  ecr,
];
