/** A function version for tests of the data plane: plausible where the test does not care. */
import { accountId, region, scopeOf } from '../../src/aws/scope.ts';
import { bytes, megabytes, seconds } from '../../src/kernel/quantity.ts';
import type { CodeSha256 } from '../../src/lambda/code/code-reference.ts';
import type {
  ArchiveVersion,
  FunctionArn,
  FunctionName,
  Generation,
  RuntimeId,
  VersionId,
} from '../../src/lambda/function/function-version.ts';

export const sampleVersion = (changes: Partial<ArchiveVersion> = {}): ArchiveVersion => ({
  generation: 'first' as Generation,
  scope: scopeOf(accountId('123456789012'), region('eu-west-1')),
  functionName: 'greeter' as FunctionName,
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:greeter' as FunctionArn,
  version: '$LATEST' as VersionId,
  packageType: 'Zip',
  runtime: 'provided.al2023' as RuntimeId,
  handler: 'index.handler',
  role: 'arn:aws:iam::123456789012:role/greeter',
  timeout: seconds(3),
  memorySize: megabytes(128),
  ephemeralStorage: megabytes(512),
  architecture: 'x86_64',
  variables: {},
  code: { sha256: 'c2FtcGxl' as CodeSha256, size: bytes(1024) },
  layers: [],
  logGroup: '/aws/lambda/greeter',
  logging: { format: 'Text' },
  tracing: 'PassThrough',
  ...changes,
});

export const generation = (name: string): Generation => name as Generation;
