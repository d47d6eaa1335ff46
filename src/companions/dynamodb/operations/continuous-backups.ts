/** `DescribeContinuousBackups` and `UpdateContinuousBackups`: said and shown, since tools ask; nothing can be restored here. */
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { dateOf } from '../../../kernel/timestamp.ts';
import type { Room } from '../room.ts';
import type { Table } from '../table/table.ts';
import type { TableDirectory } from '../table/table-directory.ts';

type DescribeTypes = DynamodbOperations['DescribeContinuousBackups'];
type UpdateTypes = DynamodbOperations['UpdateContinuousBackups'];

export const describeContinuousBackups =
  (room: Room): Operation<DescribeTypes['input'], DescribeTypes['output']> =>
  ({ TableName }, call) => ({
    ContinuousBackupsDescription: describe(tableOf(room.of(call), TableName), room),
  });

export const updateContinuousBackups =
  (room: Room): Operation<UpdateTypes['input'], UpdateTypes['output']> =>
  ({ TableName, PointInTimeRecoverySpecification: asked }, call) => {
    const table = tableOf(room.of(call), TableName);
    const { settings } = table;
    const since = settings.pointInTimeRecovery?.since ?? room.clock.now();
    settings.pointInTimeRecovery =
      asked?.PointInTimeRecoveryEnabled === true ? { since, days: asked.RecoveryPeriodInDays ?? 35 } : undefined;
    return { ContinuousBackupsDescription: describe(table, room) };
  };

function describe({ settings: { pointInTimeRecovery } }: Table, { clock }: Room) {
  return {
    // Of every table, as AWS says it.
    ContinuousBackupsStatus: 'ENABLED' as const,
    PointInTimeRecoveryDescription:
      pointInTimeRecovery === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' as const }
        : {
            PointInTimeRecoveryStatus: 'ENABLED' as const,
            RecoveryPeriodInDays: pointInTimeRecovery.days,
            EarliestRestorableDateTime: dateOf(pointInTimeRecovery.since),
            LatestRestorableDateTime: dateOf(clock.now()),
          },
  };
}

function tableOf(tables: TableDirectory, name: string): Table {
  const table = tables.find(name);
  if (table === undefined) {
    throw new ServiceError('TableNotFoundException', `Table not found: ${tables.nameOf(name)}`, { type: null });
  }
  return table;
}
