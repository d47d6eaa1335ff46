/** Amazon CloudWatch, of which metrics are here: those that are put, and those of Lambda itself. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { cloudwatch } from '../../aws/generated/cloudwatch.ts';
import type { CloudWatchOperations } from '../../aws/generated/cloudwatch-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import { compileAwsQuery } from '../../aws/protocol/query/aws-query.ts';
import { compileRpcV2Cbor } from '../../aws/protocol/rpc-v2-cbor/rpc-v2-cbor.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { getMetricData, getMetricStatistics, listMetrics, putMetricData } from './metric-operations.ts';
import type { MetricStore } from './metric-store.ts';

const bodyLimit = 2 * 1024 * 1024;

export async function openCloudWatch(deps: CompanionDeps, store: MetricStore): Promise<EmbeddedService> {
  const operations = {
    GetMetricData: getMetricData(store),
    GetMetricStatistics: getMetricStatistics(store),
    ListMetrics: listMetrics(store),
    PutMetricData: putMetricData(store, deps.clock),
  } satisfies OperationTable<CloudWatchOperations, CompanionCall>;
  return new OperationService({
    ...deps,
    table: cloudwatch,
    protocols: [
      await compileRpcV2Cbor(cloudwatch),
      compileAwsJson(cloudwatch, '1.0', true),
      compileAwsQuery(cloudwatch),
    ],
    operations,
    bodyLimit,
  });
}
