import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CloudWatchClient,
  type Dimension,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateFunctionUrlConfigCommand, InvokeCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { eventuallyAnswered } from '../kit/eventually.ts';
import { exchange } from '../kit/http-exchange.ts';
import { runProgram } from '../kit/run-program.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const span = () => ({ StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000) });

test('what is put is listed, and summed up over periods, percentiles included', async () => {
  await using daemon = await TestDaemon.start();
  const cloudwatch = new CloudWatchClient(clientOptions(daemon.endpoint));
  const Dimensions = [{ Name: 'stage', Value: 'test' }];
  const MetricData = [
    { MetricName: 'took', Dimensions, Unit: 'Milliseconds' as const, Values: [1, 2, 3, 100], Counts: [1, 1, 1, 1] },
    { MetricName: 'took', Dimensions, Unit: 'Milliseconds' as const, Value: 4 },
    { MetricName: 'set', StatisticValues: { SampleCount: 2, Sum: 6, Minimum: 1, Maximum: 5 } },
  ];
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'app', MetricData }));
  const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace: 'app', MetricName: 'took' }));
  assert.deepEqual(Metrics, [{ Namespace: 'app', MetricName: 'took', Dimensions }]);
  const asked = { Namespace: 'app', MetricName: 'took', Dimensions, Period: 3600, ...span() };
  const statistics = await cloudwatch.send(
    new GetMetricStatisticsCommand({ ...asked, Statistics: ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'] }),
  );
  const [{ Timestamp, ...point } = {}] = statistics.Datapoints ?? [];
  assert.ok(Timestamp instanceof Date);
  assert.deepEqual(point, { Unit: 'Milliseconds', Sum: 110, SampleCount: 5, Average: 22, Minimum: 1, Maximum: 100 });
  const percentiles = await cloudwatch.send(
    new GetMetricStatisticsCommand({ ...asked, ExtendedStatistics: ['p50', 'p99'] }),
  );
  assert.deepEqual(percentiles.Datapoints?.[0]?.ExtendedStatistics, { p50: 3, p99: 100 });
  const Metric = { Namespace: 'app', MetricName: 'set' };
  const query = { Id: 'q', MetricStat: { Metric, Period: 3600, Stat: 'Average' } };
  const data = await cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries: [query], ...span() }));
  assert.deepEqual(data.MetricDataResults?.[0]?.Values, [3]);
  await assert.rejects(
    cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries: [{ Id: 'm', Expression: 'q * 2' }], ...span() })),
    /metric math/,
  );
  await assert.rejects(cloudwatch.send(new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData })), {
    name: 'InvalidParameterValueException',
  });
  cloudwatch.destroy();
});

test('the same in CBOR, and from the AWS CLI', async () => {
  await using daemon = await TestDaemon.start();
  const cloudwatch = new CloudWatchClient({ ...clientOptions(daemon.endpoint), protocol: SmithyRpcV2CborProtocol });
  const Timestamp = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await cloudwatch.send(
    new PutMetricDataCommand({ Namespace: 'app', MetricData: [{ MetricName: 'n', Value: 2.5, Timestamp }] }),
  );
  const { Datapoints } = await cloudwatch.send(
    new GetMetricStatisticsCommand({ Namespace: 'app', MetricName: 'n', Period: 60, Statistics: ['Sum'], ...span() }),
  );
  assert.deepEqual(Datapoints, [{ Timestamp, Sum: 2.5, Unit: 'None' }]);
  await assert.rejects(
    cloudwatch.send(new GetMetricStatisticsCommand({ Namespace: 'app', MetricName: 'n', Period: 60, ...span() })),
    { name: 'InvalidParameterCombinationException' },
  );
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_DEFAULT_REGION: 'us-east-1' };
  const aws = ['aws', '--endpoint-url', daemon.endpoint, 'cloudwatch'] as const;
  const put = await runProgram(
    [...aws, 'put-metric-data', '--namespace', 'app', '--metric-name', 'n', '--value', '1'],
    { env },
  );
  assert.equal(put.code, 0, put.stderr);
  const listed = await runProgram([...aws, 'list-metrics', '--namespace', 'app', '--output', 'text'], { env });
  assert.match(listed.stdout, /METRICS\s+n\s+app/);
  cloudwatch.destroy();
});

test('Lambda counts invocations, errors, throttles, events and URL calls, for CloudWatch and for Prometheus', async () => {
  await using daemon = await TestDaemon.start({ settings: { LAMBDA_RETRY_BASE_DELAY: '0' } });
  const cloudwatch = new CloudWatchClient(clientOptions(daemon.endpoint));
  const code = {
    'index.js': 'exports.handler = async (event) => { if (event.fail) throw new Error("no"); return "yes"; };',
  };
  const fn = await daemon.function({ code });
  await fn.invoke({});
  await fn.invoke({ fail: true });
  const sum = async (MetricName: string, Dimensions: Dimension[] = [{ Name: 'FunctionName', Value: fn.name }]) => {
    const asked = {
      Namespace: 'AWS/Lambda',
      MetricName,
      Dimensions,
      Period: 3600,
      Statistics: ['Sum' as const],
      ...span(),
    };
    return (await cloudwatch.send(new GetMetricStatisticsCommand(asked))).Datapoints?.reduce(
      (all, { Sum = 0 }) => all + Sum,
      0,
    );
  };
  assert.deepEqual([await sum('Invocations'), await sum('Errors'), await sum('Throttles')], [2, 1, 0]);
  assert.equal(await sum('Invocations', []), 2, 'over all functions');
  const byResource = [
    { Name: 'FunctionName', Value: fn.name },
    { Name: 'Resource', Value: fn.name },
  ];
  assert.equal(await sum('Invocations', byResource), 2);
  assert.ok(((await sum('Duration')) ?? 0) > 0);

  await daemon.lambda.send(
    new InvokeCommand({ FunctionName: fn.name, InvocationType: 'Event', Payload: '{"fail":true}' }),
  );
  await eventuallyAnswered(async () => (await sum('AsyncEventsDropped')) === 1, 'the event is given up');
  assert.deepEqual([await sum('AsyncEventsReceived'), await sum('Errors')], [1, 4]);

  const url = await daemon.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: fn.name, AuthType: 'NONE' }));
  const host = new URL(url.FunctionUrl ?? '').host;
  assert.equal((await exchange(`127.0.0.1:${daemon.port}`, { headers: { host } })).status, 200);
  await daemon.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: fn.name, ReservedConcurrentExecutions: 0 }),
  );
  assert.equal((await exchange(`127.0.0.1:${daemon.port}`, { headers: { host } })).status, 429);
  assert.deepEqual([await sum('UrlRequestCount'), await sum('Url4xxCount'), await sum('Throttles')], [2, 1, 1]);

  const scraped = await (await daemon.fetch('/metrics')).text();
  assert.match(scraped, new RegExp(`^lambdad_invocations_total\\{function="${fn.name}"\\} 6$`, 'm'));
  assert.match(scraped, new RegExp(`^lambdad_throttles_total\\{function="${fn.name}"\\} 1$`, 'm'));
  assert.match(scraped, /^# HELP lambdad_duration_milliseconds_sum What invocations took, together$/m);
  assert.match(scraped, /^process_resident_memory_bytes \d+$/m);
  cloudwatch.destroy();
});
