/**
 * The policies of AWS's own that functions are usually given, with what they allow.
 * Source: AWS Managed Policy Reference.
 */
import type { ManagedPolicy } from '../principal.ts';

const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** Actions by the policy's path and name. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': logs,
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    ...logs,
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  'service-role/AWSLambdaKinesisExecutionRole': [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
    'kinesis:SubscribeToShard',
    ...logs,
  ],
  'service-role/AWSLambdaDynamoDBExecutionRole': [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    ...logs,
  ],
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...logs,
  ],
  'service-role/AWSLambdaRole': ['lambda:InvokeFunction'],
  AWSXRayDaemonWriteAccess: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
  AdministratorAccess: ['*'],
};

export function awsManagedPolicies(partition: string, created: Date): ReadonlyMap<string, ManagedPolicy> {
  const policies = Object.entries(allowed).map(([pathAndName, actions], index) => {
    const arn = `arn:${partition}:iam::aws:policy/${pathAndName}`;
    const slash = pathAndName.lastIndexOf('/') + 1;
    const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }];
    const policy: ManagedPolicy = {
      name: pathAndName.slice(slash),
      path: `/${pathAndName.slice(0, slash)}`,
      id: `ANPAAWSMANAGED${String(index).padStart(7, 'A')}`,
      arn,
      description: undefined,
      created,
      updated: created,
      tags: new Map(),
      versions: [{ id: 'v1', document: JSON.stringify({ Version: '2012-10-17', Statement }), created }],
      nextVersion: 2,
      defaultVersion: 'v1',
    };
    return [arn, policy] as const;
  });
  return new Map(policies);
}
