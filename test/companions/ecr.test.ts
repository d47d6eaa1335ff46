import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

test('image tools get a token, a repository, and are told that no image is there yet', async () => {
  await using daemon = await TestDaemon.start();
  const ecr = new ECRClient(clientOptions(daemon.endpoint));
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const [user] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  assert.deepEqual([user, authorizationData?.[0]?.proxyEndpoint], ['AWS', daemon.endpoint]);
  const repositoryName = 'team/app';
  const tags = [{ Key: 'a', Value: 'b' }];
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName, tags }));
  assert.equal(repository?.repositoryArn, 'arn:aws:ecr:us-east-1:000000000000:repository/team/app');
  assert.equal(repository?.repositoryUri, `127.0.0.1:${daemon.port}/team/app`);
  await assert.rejects(ecr.send(new CreateRepositoryCommand({ repositoryName })), {
    name: 'RepositoryAlreadyExistsException',
    message: "The repository with name 'team/app' already exists in the registry with id '000000000000'",
  });
  const resourceArn = repository?.repositoryArn;
  assert.deepEqual((await ecr.send(new ListTagsForResourceCommand({ resourceArn }))).tags, tags);
  await assert.rejects(ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] })), {
    name: 'ImageNotFoundException',
  });
  const asked = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }));
  assert.equal(asked.failures?.[0]?.failureCode, 'ImageNotFound');
  await assert.rejects(ecr.send(new GetLifecyclePolicyCommand({ repositoryName })), {
    name: 'LifecyclePolicyNotFoundException',
  });
  const lifecyclePolicyText = JSON.stringify({
    rules: [{ rulePriority: 1, description: 'keep ten', action: { type: 'expire' } }],
  });
  assert.ok(lifecyclePolicyText.length < 100);
  await assert.rejects(ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText })), {
    name: 'ValidationException',
  });
  const padded = lifecyclePolicyText.padEnd(100);
  await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: padded }));
  const policy = await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }));
  assert.equal(policy.lifecyclePolicyText, padded);
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
  await assert.rejects(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })), {
    name: 'RepositoryNotFoundException',
    message: "The repository with name 'team/app' does not exist in the registry with id '000000000000'",
  });
  ecr.destroy();
});
