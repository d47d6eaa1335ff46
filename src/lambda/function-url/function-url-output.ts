/** A function URL as the API shows it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { FunctionUrlRecord } from './function-url-record.ts';

/** All there is to say; Create and Update leave some of it out. */
export function functionUrlOutput(
  record: FunctionUrlRecord,
  publicHost: string,
): LambdaOperations['GetFunctionUrlConfig']['output'] {
  return {
    FunctionUrl: `http://${record.urlId}.lambda-url.${record.scope.region}.${publicHost}/`,
    FunctionArn: record.functionArn,
    AuthType: record.authType,
    Cors: record.cors,
    CreationTime: isoTimestamp(record.created),
    LastModifiedTime: isoTimestamp(record.lastModified),
    InvokeMode: record.invokeMode,
  };
}
