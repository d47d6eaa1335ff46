/** A function version made for the conformance suite: plausible where the test does not care. */
import { accountId, region, scopeOf } from '../../../src/aws/scope.ts';
import { bytes, megabytes, seconds } from '../../../src/kernel/quantity.ts';
import type { CodeSha256 } from '../../../src/lambda/code/code-reference.ts';
import type {
  FunctionArn,
  FunctionName,
  FunctionVersion,
  Generation,
  RuntimeId,
  VersionId,
} from '../../../src/lambda/function/function-version.ts';

export interface VersionWishes {
  readonly runtime?: string;
  readonly memory?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Where the files of its layer are. */
  readonly layer?: string;
}

/** @param code where its files are: the reference that the fixture's executor resolves */
export function conformanceVersion(code: string, wishes: VersionWishes): FunctionVersion {
  return {
    generation: code as Generation,
    scope: scopeOf(accountId('000000000000'), region('us-east-1')),
    functionName: 'conformance' as FunctionName,
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:conformance' as FunctionArn,
    version: '$LATEST' as VersionId,
    packageType: 'Zip',
    runtime: (wishes.runtime ?? 'provided.al2023') as RuntimeId,
    handler: 'index.handler',
    role: 'arn:aws:iam::000000000000:role/conformance',
    timeout: seconds(3),
    memorySize: megabytes(wishes.memory ?? 128),
    ephemeralStorage: megabytes(512),
    architecture: 'x86_64',
    variables: wishes.variables ?? {},
    code: { sha256: code as CodeSha256, size: bytes(0) },
    layers: wishes.layer === undefined ? [] : [{ sha256: wishes.layer as CodeSha256, size: bytes(0) }],
    logGroup: '/aws/lambda/conformance',
    logging: { format: 'Text' },
    tracing: 'PassThrough',
  };
}
