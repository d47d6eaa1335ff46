/** Adds, changes and drops global secondary indexes. */
import { ServiceError, validationException } from '../../../aws/service-error.ts';
import type { AttributeDefinition, GlobalIndex, TableSchema, Throughput } from './table-schema.ts';

/** One of the three. */
export interface IndexUpdate {
  readonly Create?: GlobalIndex;
  readonly Update?: { readonly IndexName: string; readonly ProvisionedThroughput?: Throughput };
  readonly Delete?: { readonly IndexName: string };
}

/**
 * @param definitions of attributes that new indexes are by
 * @throws ServiceError for an index that is there already, or is not
 */
export function withIndexUpdates(
  schema: TableSchema,
  updates: readonly IndexUpdate[],
  definitions: readonly AttributeDefinition[],
): TableSchema {
  if (updates.length === 0) return schema;
  if (updates.filter(({ Update }) => Update === undefined).length > 1) {
    throw new ServiceError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
      { type: null },
    );
  }
  const indexes = new Map((schema.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  for (const update of updates) apply(update, indexes);
  const attributes = definedAttributes(schema, indexes, definitions);
  const { GlobalSecondaryIndexes: _, ...rest } = schema;
  return {
    ...rest,
    AttributeDefinitions: attributes,
    ...(indexes.size === 0 ? {} : { GlobalSecondaryIndexes: [...indexes.values()] }),
  };
}

function apply({ Create, Update, Delete }: IndexUpdate, indexes: Map<string, GlobalIndex>): void {
  const name = Create?.IndexName ?? Update?.IndexName ?? Delete?.IndexName ?? '';
  const present = indexes.get(name);
  if (Create === undefined && Update === undefined && Delete === undefined) {
    throw validationException(
      'One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, ' +
        'GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
    );
  }
  if (Create !== undefined) {
    if (present !== undefined) {
      throw validationException('Attempting to create an index which already exists');
    }
    if (Create.Projection.ProjectionType === undefined) {
      throw validationException('One or more parameter values were invalid: Unknown ProjectionType: null');
    }
    indexes.set(name, Create);
    return;
  }
  if (present === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'Requested resource not found', { type: null });
  }
  if (Delete !== undefined) indexes.delete(name);
  else indexes.set(name, { ...present, ...Update });
}

/** Those that the keys of the table and of its indexes are of. */
function definedAttributes(
  { KeySchema, LocalSecondaryIndexes = [], AttributeDefinitions }: TableSchema,
  indexes: ReadonlyMap<string, GlobalIndex>,
  added: readonly AttributeDefinition[],
): AttributeDefinition[] {
  const defined = new Map([...added, ...AttributeDefinitions].map((each) => [each.AttributeName, each]));
  const keys = [KeySchema, ...[...LocalSecondaryIndexes, ...indexes.values()].map((index) => index.KeySchema)]
    .flat()
    .map(({ AttributeName }) => AttributeName);
  const missing = keys.filter((name) => !defined.has(name));
  if (missing.length > 0) {
    throw validationException(
      'One or more parameter values were invalid: Some index key attributes are not defined in ' +
        `AttributeDefinitions. Keys: [${missing.join(', ')}], AttributeDefinitions: [${[...defined.keys()].join(', ')}]`,
    );
  }
  return [...new Set(keys)].flatMap((name) => defined.get(name) ?? []);
}
