/** Lists the aliases of a function, by name. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { functionKey, functionPrefix } from '../function/function-key.ts';
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { unlimited } from '../record-store.ts';
import { aliasOutput } from './alias-output.ts';
import { type AliasRecord, namesVersion } from './alias-record.ts';

const defaultPage = 50;

/**
 * `ListAliases`; with FunctionVersion those that name this version, be it as the additional one.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListAliases
 */
export const listAliases: LambdaOperation<'ListAliases'> = (input, call) => {
  const { scope, stores } = call;
  const { name, arn } = requireFunction(input.FunctionName, call);
  const after = input.Marker === undefined ? undefined : keyAfter(name, input.Marker);
  const wanted = (alias: AliasRecord): boolean =>
    input.FunctionVersion === undefined || namesVersion(alias, input.FunctionVersion);
  const limit = input.MaxItems ?? defaultPage;
  const found = stores.aliases
    .list(scope, functionPrefix(name), after, input.FunctionVersion === undefined ? limit + 1 : unlimited)
    .filter(({ record }) => wanted(record));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    Aliases: page.map(({ record }) => aliasOutput(arn, record)),
    NextMarker: found.length > limit && last !== undefined ? encodeMarker(last.record.name) : undefined,
  };
};

/** The key of the last alias on the page before. */
function keyAfter(functionName: string, marker: string): string {
  const alias = decodeMarker(marker);
  if (alias === undefined) throw invalidParameterValue('Invalid Marker.');
  return functionKey(functionName, alias);
}
