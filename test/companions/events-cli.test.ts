import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../kit/eventually.ts';
import { QueuesElsewhere } from '../kit/queues-elsewhere.ts';
import { runProgram } from '../kit/run-program.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';

test('the AWS CLI puts a rule, a target and an event', async () => {
  await using queues = await QueuesElsewhere.start();
  await using daemon = await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_SQS: queues.url } });
  const aws = async (...args: string[]) => {
    const env = {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_PROFILE: undefined,
      AWS_PAGER: '',
    };
    return runProgram(['aws', '--endpoint-url', daemon.endpoint, 'events', ...args], { env });
  };
  const put = await aws('put-rule', '--name', 'r', '--event-pattern', '{"source":["my.app"]}');
  assert.deepEqual(JSON.parse(put.stdout), { RuleArn: 'arn:aws:events:us-east-1:000000000000:rule/r' });
  await aws('put-targets', '--rule', 'r', '--targets', `Id=t,Arn=${queueArn}`);
  const entry = { Source: 'my.app', DetailType: 'd', Detail: '{"n":1}', Time: '2026-01-01T00:00:00Z' };
  const sent = await aws('put-events', '--entries', JSON.stringify([entry]));
  assert.equal((JSON.parse(sent.stdout) as { FailedEntryCount: number }).FailedEntryCount, 0);
  await eventually(() => queues.messages.length === 1, 'the event is delivered');
  assert.equal(queues.bodies()[0]?.['time'], '2026-01-01T00:00:00Z');
  const refused = await aws('delete-rule', '--name', 'r');
  assert.match(
    refused.stderr,
    /An error occurred \(ValidationException\) when calling the DeleteRule operation: Rule can't be deleted since it has targets\./,
  );
});
