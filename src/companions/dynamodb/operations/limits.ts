/** `DescribeLimits` and `DescribeEndpoints`, which tools ask and whose answers never change. */
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { CompanionCall } from '../../companion-call.ts';

type LimitTypes = DynamodbOperations['DescribeLimits'];
type EndpointTypes = DynamodbOperations['DescribeEndpoints'];

/** An account's quotas as they are at first. Source: developer guide, "Quotas in Amazon DynamoDB". */
export const describeLimits: Operation<LimitTypes['input'], LimitTypes['output']> = () => ({
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
});

/** Where the client is already. */
export const describeEndpoints: Operation<EndpointTypes['input'], EndpointTypes['output'], CompanionCall> = (
  _,
  { origin },
) => ({ Endpoints: [{ Address: new URL(origin).host, CachePeriodInMinutes: 1440 }] });
