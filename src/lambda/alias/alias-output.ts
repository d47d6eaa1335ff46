/** An alias as the API shows it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { qualifiedArn } from '../function/function-address.ts';
import type { FunctionArn } from '../function/function-version.ts';
import type { AliasRecord } from './alias-record.ts';

export function aliasOutput(functionArn: FunctionArn, alias: AliasRecord): LambdaOperations['GetAlias']['output'] {
  const { name, version, description, routing, revisionId } = alias;
  return {
    AliasArn: qualifiedArn(functionArn, name),
    Name: name,
    FunctionVersion: version,
    Description: description,
    RoutingConfig: routing && { AdditionalVersionWeights: { [routing.version]: routing.weight } },
    RevisionId: revisionId,
  };
}
