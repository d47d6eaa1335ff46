/** The services beside Lambda that share the port: their names here, and what a request for each is known by. */

export interface ServiceTraits {
  /** In the scope of a signature. */
  readonly signingName: string;
  /** Before the dot of `X-Amz-Target`, and in the path of RPC v2. */
  readonly target?: string;
  /** `Version` of a form. */
  readonly version?: string;
  /** First label of a host name. */
  readonly host: string;
  /** What follows `AWS_ENDPOINT_URL_`, as AWS's SDKs name it. Source: AWS SDKs reference, "Service-specific endpoints". */
  readonly endpointVariable: string;
}

export const serviceTraits = {
  sqs: {
    signingName: 'sqs',
    target: 'AmazonSQS',
    version: '2012-11-05',
    host: 'sqs',
    endpointVariable: 'SQS',
  },
  sns: { signingName: 'sns', version: '2010-03-31', host: 'sns', endpointVariable: 'SNS' },
  s3: { signingName: 's3', host: 's3', endpointVariable: 'S3' },
  kinesis: {
    signingName: 'kinesis',
    target: 'Kinesis_20131202',
    host: 'kinesis',
    endpointVariable: 'KINESIS',
  },
  dynamodb: {
    signingName: 'dynamodb',
    target: 'DynamoDB_20120810',
    host: 'dynamodb',
    endpointVariable: 'DYNAMODB',
  },
  dynamodbstreams: {
    signingName: 'dynamodb',
    target: 'DynamoDBStreams_20120810',
    host: 'streams',
    endpointVariable: 'DYNAMODB_STREAMS',
  },
  logs: { signingName: 'logs', target: 'Logs_20140328', host: 'logs', endpointVariable: 'CLOUDWATCH_LOGS' },
  cloudwatch: {
    signingName: 'monitoring',
    target: 'GraniteServiceVersion20100801',
    version: '2010-08-01',
    host: 'monitoring',
    endpointVariable: 'CLOUDWATCH',
  },
  events: { signingName: 'events', target: 'AWSEvents', host: 'events', endpointVariable: 'EVENTBRIDGE' },
  iam: { signingName: 'iam', version: '2010-05-08', host: 'iam', endpointVariable: 'IAM' },
  sts: { signingName: 'sts', version: '2011-06-15', host: 'sts', endpointVariable: 'STS' },
  secretsmanager: {
    signingName: 'secretsmanager',
    target: 'secretsmanager',
    host: 'secretsmanager',
    endpointVariable: 'SECRETS_MANAGER',
  },
  ssm: { signingName: 'ssm', target: 'AmazonSSM', host: 'ssm', endpointVariable: 'SSM' },
  kms: { signingName: 'kms', target: 'TrentService', host: 'kms', endpointVariable: 'KMS' },
  ecr: {
    signingName: 'ecr',
    target: 'AmazonEC2ContainerRegistry_V20150921',
    host: 'api',
    endpointVariable: 'ECR',
  },
} as const satisfies Readonly<Record<string, ServiceTraits>>;

export type ServiceName = keyof typeof serviceTraits;

export const serviceNames = Object.keys(serviceTraits) as readonly ServiceName[];

/** The first of the services for which a trait has this value. */
export function serviceBy(trait: keyof ServiceTraits, value: string): ServiceName | undefined {
  return serviceNames.find((name) => (serviceTraits[name] as ServiceTraits)[trait] === value);
}
