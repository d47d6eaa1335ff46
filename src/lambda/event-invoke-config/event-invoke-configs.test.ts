import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:q';
const invalid = (message: string) => fails('InvalidParameterValueException', message);

test('put replaces everything, update only what it names', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const put = await it.operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnSuccess: { Destination: queue } },
  });
  assert.deepEqual(put, {
    LastModified: new Date('2026-01-01T00:00:00Z'),
    FunctionArn: `${arn('f')}:$LATEST`,
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: undefined,
    DestinationConfig: { OnSuccess: { Destination: queue }, OnFailure: {} },
  });
  const updated = await it.operations.UpdateFunctionEventInvokeConfig({
    FunctionName: 'f',
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: queue } },
  });
  assert.deepEqual(updated, {
    ...put,
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnSuccess: { Destination: queue }, OnFailure: { Destination: queue } },
  });
  const cleared = await it.operations.UpdateFunctionEventInvokeConfig({
    FunctionName: 'f',
    DestinationConfig: { OnFailure: { Destination: '' } },
  });
  assert.deepEqual(cleared.DestinationConfig, { OnSuccess: { Destination: queue }, OnFailure: {} });
  assert.deepEqual(await it.operations.GetFunctionEventInvokeConfig({ FunctionName: 'f' }), cleared);
  const again = await it.operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 0 });
  assert.deepEqual(again, {
    ...put,
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  });
});

test('each version and alias has its own, which goes with it', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  for (const Qualifier of ['$LATEST', '1', 'live']) {
    await it.operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', Qualifier, MaximumRetryAttempts: 0 });
  }
  const listed = async () => {
    const { FunctionEventInvokeConfigs = [] } = await it.operations.ListFunctionEventInvokeConfigs({
      FunctionName: 'f',
    });
    return FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn?.slice(arn('f').length + 1));
  };
  assert.deepEqual(await listed(), ['$LATEST', '1', 'live']);
  await it.operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  await it.operations.DeleteFunction({ FunctionName: 'f', Qualifier: '1' });
  assert.deepEqual(await listed(), ['$LATEST']);
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  await it.create('f');
  assert.deepEqual(await listed(), []);
});

test('destinations are queues, topics, buses and other functions that are there; a bucket for failures', async () => {
  await using it = openTestControlPlane();
  for (const name of ['f', 'g']) await it.create(name);
  const put = (OnSuccess: string | undefined, OnFailure?: string) =>
    it.operations.PutFunctionEventInvokeConfig({
      FunctionName: 'f',
      DestinationConfig: {
        ...(OnSuccess === undefined ? {} : { OnSuccess: { Destination: OnSuccess } }),
        ...(OnFailure === undefined ? {} : { OnFailure: { Destination: OnFailure } }),
      },
    });
  for (const destination of [queue, arn('g'), `${arn('g')}:live`, 'arn:aws:sns:us-east-1:000000000000:t']) {
    await put(destination, destination);
  }
  await put(undefined, 'arn:aws:s3:::bucket');
  await assert.rejects(put(arn('f')), invalid("You can't specify the function as a destination for itself."));
  await assert.rejects(put(arn('h')), invalid(`The destination ARN ${arn('h')} is invalid.`));
  const bucket = 'arn:aws:s3:::bucket';
  await assert.rejects(
    put(bucket),
    invalid(
      `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${bucket}), onFailure=null) is invalid.`,
    ),
  );
  await assert.rejects(
    put(queue, 'arn:aws:iam::000000000000:role/r'),
    invalid(
      `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${queue}), onFailure=OnFailure(destination=arn:aws:iam::000000000000:role/r)) is invalid.`,
    ),
  );
});

test('what is not there, and a request that sets nothing, are refused', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const { operations } = it;
  const missing = fails('ResourceNotFoundException', "The function doesn't exist.");
  await assert.rejects(
    operations.PutFunctionEventInvokeConfig({ FunctionName: 'g', MaximumRetryAttempts: 1 }),
    missing,
  );
  await assert.rejects(
    operations.PutFunctionEventInvokeConfig({ FunctionName: 'f', Qualifier: '1', MaximumRetryAttempts: 1 }),
    missing,
  );
  await assert.rejects(operations.ListFunctionEventInvokeConfigs({ FunctionName: 'g' }), missing);
  const nothing = fails(
    'ResourceNotFoundException',
    `The function ${arn('f')}:$LATEST doesn't have an EventInvokeConfig`,
  );
  await assert.rejects(operations.GetFunctionEventInvokeConfig({ FunctionName: 'f' }), nothing);
  await assert.rejects(operations.DeleteFunctionEventInvokeConfig({ FunctionName: 'f' }), nothing);
  await assert.rejects(
    operations.UpdateFunctionEventInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 1 }),
    nothing,
  );
  const empty = invalid('You must specify at least one of error handling or destination setting.');
  await assert.rejects(operations.PutFunctionEventInvokeConfig({ FunctionName: 'f' }), empty);
  await assert.rejects(operations.UpdateFunctionEventInvokeConfig({ FunctionName: 'f' }), empty);
});
