/** Which subnets and security groups there could be. */
import { invalidParameterValue } from '../lambda-error.ts';

interface VpcIds {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

const subnetId = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/;
const securityGroupId = /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * No networks are known here, so an id passes when there could be one of its form.
 * @throws ServiceError InvalidParameterValueException
 */
export function checkVpc({ subnetIds, securityGroupIds }: VpcIds): void {
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
