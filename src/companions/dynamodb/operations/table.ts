/** `DescribeTable`, `DeleteTable` and `ListTables`: a line or two each. */
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { validationException } from '../../../aws/service-error.ts';
import type { Room } from '../room.ts';
import { describeTable as describe } from '../table/describe-table.ts';

type DescribeTypes = DynamodbOperations['DescribeTable'];
type DeleteTypes = DynamodbOperations['DeleteTable'];
type ListTypes = DynamodbOperations['ListTables'];

export const describeTable =
  (room: Room): Operation<DescribeTypes['input'], DescribeTypes['output']> =>
  ({ TableName }, call) => ({ Table: describe(room.of(call).require(TableName)) });

/** Its stream ends with it, and can be read on. */
export const deleteTable =
  (room: Room): Operation<DeleteTypes['input'], DeleteTypes['output']> =>
  ({ TableName }, call) => {
    const tables = room.of(call);
    const table = tables.require(TableName);
    if (table.settings.isDeletionProtected) {
      throw validationException(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const description = describe(table, 'DELETING');
    table.stream?.end();
    tables.remove(table);
    return { TableDescription: description };
  };

export const listTables =
  (room: Room): Operation<ListTypes['input'], ListTypes['output']> =>
  ({ ExclusiveStartTableName: after = '', Limit = 100 }, call) => {
    const names = room
      .of(call)
      .all()
      .map(({ name }) => name)
      .filter((name) => name > after);
    const page = names.slice(0, Limit);
    const last = page.at(-1);
    return {
      TableNames: page,
      ...(names.length > page.length && last !== undefined ? { LastEvaluatedTableName: last } : {}),
    };
  };
