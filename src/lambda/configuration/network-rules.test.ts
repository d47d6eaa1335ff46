import assert from 'node:assert/strict';
import test from 'node:test';
import { createInput, fails, openTestControlPlane } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string) => fails('InvalidParameterValueException', message);
const subnet = 'subnet-0123456789abcdef0';
const VpcConfig = { SubnetIds: [subnet], SecurityGroupIds: ['sg-0a1b2c3d'] };
const Arn = 'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0';
const FileSystemConfigs = [{ Arn, LocalMountPath: '/mnt/data' }];

test('networks that cannot exist are refused as EC2 would', async () => {
  await using it = openTestControlPlane();
  const create = (vpc: object) => it.operations.CreateFunction({ ...createInput('f'), VpcConfig: vpc });
  await assert.rejects(
    create({ ...VpcConfig, SubnetIds: [subnet, 'subnet-12345'] }),
    invalid(
      "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-12345' does not exist",
    ),
  );
  await assert.rejects(
    create({ ...VpcConfig, SecurityGroupIds: ['sg-xyz'] }),
    invalid(
      "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-xyz' does not exist",
    ),
  );
  await assert.rejects(
    create({ SubnetIds: [subnet] }),
    invalid('SubnetIds and SecurityIds must coexist or be both empty list.'),
  );
  assert.equal((await create(VpcConfig)).VpcConfig?.Ipv6AllowedForDualStack, false);
});

test('a file system needs the network of its function, as long as it is mounted', async () => {
  await using it = openTestControlPlane();
  await assert.rejects(
    it.operations.CreateFunction({ ...createInput('f'), FileSystemConfigs }),
    invalid(`Function must be configured to execute in a VPC to reference access point ${Arn}.`),
  );
  const created = await it.operations.CreateFunction({ ...createInput('f'), FileSystemConfigs, VpcConfig });
  assert.deepEqual(created.FileSystemConfigs, FileSystemConfigs);
  await settle();
  const update = (input: object) => it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', ...input });
  const nowhere = { SubnetIds: [], SecurityGroupIds: [] };
  await assert.rejects(
    update({ VpcConfig: nowhere }),
    invalid(`Function VPC configuration cannot be removed with access point ${Arn} referenced.`),
  );
  const cleared = await update({ VpcConfig: nowhere, FileSystemConfigs: [] });
  assert.deepEqual([cleared.FileSystemConfigs, cleared.VpcConfig?.VpcId], [undefined, '']);
});

test('instances of a capacity provider have a network of their own', async () => {
  await using it = openTestControlPlane();
  const CapacityProviderArn = 'arn:aws:lambda:us-east-1:000000000000:capacity-provider:cp';
  const CapacityProviderConfig = { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn } };
  await assert.rejects(
    it.operations.CreateFunction({ ...createInput('f'), CapacityProviderConfig, VpcConfig }),
    invalid("You can't use Lambda Managed Instance functions with VPC configurations."),
  );
});
