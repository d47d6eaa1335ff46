/** Network and file systems of a function: which go together, and which cannot exist. */
import { invalidParameterValue } from '../lambda-error.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { VpcSettings } from './vpc-settings.ts';

const subnetId = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/;
const securityGroupId = /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * No networks are known here, so an id passes when there could be one of its form.
 * @throws ServiceError InvalidParameterValueException
 */
export function checkVpc({ subnetIds, securityGroupIds }: VpcSettings): void {
  if ((subnetIds.length === 0) !== (securityGroupIds.length === 0)) {
    throw invalidParameterValue('SubnetIds and SecurityIds must coexist or be both empty list.');
  }
  const subnet = subnetIds.find((id) => !subnetId.test(id));
  if (subnet !== undefined) {
    throw invalidParameterValue(
      `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${subnet}' does not exist`,
    );
  }
  const group = securityGroupIds.find((id) => !securityGroupId.test(id));
  if (group !== undefined) {
    throw invalidParameterValue(
      `Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group '${group}' does not exist`,
    );
  }
}

/**
 * File systems are reached through the function's network, and instances of a capacity provider have their own.
 * @throws ServiceError InvalidParameterValueException
 * @see AWS Lambda Developer Guide, "Configuring file system access for Lambda functions"
 */
export function checkNetwork(current: FunctionSettings, changed: FunctionSettings): void {
  const inNetwork = isInNetwork(changed);
  if (inNetwork && changed.capacityProvider !== undefined) {
    throw invalidParameterValue("You can't use Lambda Managed Instance functions with VPC configurations.");
  }
  const [fileSystem] = changed.fileSystems;
  if (fileSystem === undefined || inNetwork) return;
  if (isInNetwork(current) && current.fileSystems.length > 0) {
    throw invalidParameterValue(
      `Function VPC configuration cannot be removed with access point ${fileSystem.Arn} referenced.`,
    );
  }
  throw invalidParameterValue(
    `Function must be configured to execute in a VPC to reference access point ${fileSystem.Arn}.`,
  );
}

const isInNetwork = ({ vpc }: FunctionSettings): boolean => vpc !== undefined && vpc.subnetIds.length > 0;
