/** `UpdateTimeToLive` and `DescribeTimeToLive`. */
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { validationException } from '../../../aws/service-error.ts';
import type { Room } from '../room.ts';
import { TimeToLive } from '../table/time-to-live.ts';

type UpdateTypes = DynamodbOperations['UpdateTimeToLive'];
type DescribeTypes = DynamodbOperations['DescribeTimeToLive'];

/** Takes effect at once, where AWS takes up to an hour. */
export const updateTimeToLive =
  (room: Room): Operation<UpdateTypes['input'], UpdateTypes['output']> =>
  ({ TableName, TimeToLiveSpecification: asked }, call) => {
    const table = room.of(call).require(TableName);
    const { Enabled, AttributeName } = asked;
    const { timeToLive: present } = table;
    if (present === undefined && !Enabled) throw validationException('TimeToLive is already disabled');
    if (present !== undefined && present.attribute !== AttributeName) {
      throw validationException(
        `TimeToLive is active on a different AttributeName: current AttributeName is ${present.attribute}`,
      );
    }
    if (present !== undefined && Enabled) throw validationException('TimeToLive is already enabled');
    if (Enabled) {
      const timeToLive = new TimeToLive(AttributeName, room.expiry.expect);
      for (const [key, item] of table.items.entries()) timeToLive.replace(key, undefined, item);
      table.timeToLive = timeToLive;
    } else {
      table.timeToLive = undefined;
    }
    return { TimeToLiveSpecification: { Enabled, AttributeName } };
  };

export const describeTimeToLive =
  (room: Room): Operation<DescribeTypes['input'], DescribeTypes['output']> =>
  ({ TableName }, call) => {
    const { timeToLive } = room.of(call).require(TableName);
    return {
      TimeToLiveDescription:
        timeToLive === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attribute },
    };
  };
