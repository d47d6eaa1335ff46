/** What is kept of a function URL. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { FunctionName } from '../function/function-version.ts';

export type Cors = NonNullable<LambdaOperations['CreateFunctionUrlConfig']['input']['Cors']>;

export interface FunctionUrlRecord {
  /** First label of the host name, letters in the case in which it was made; found whatever the case. */
  readonly urlId: string;
  readonly scope: Scope;
  readonly functionName: FunctionName;
  /** An alias; undefined for the function itself. */
  readonly qualifier: string | undefined;
  /** With the qualifier, when there is one. */
  readonly functionArn: string;
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly cors: Cors | undefined;
  /** Epoch. */
  readonly created: Milliseconds;
  readonly lastModified: Milliseconds;
}
