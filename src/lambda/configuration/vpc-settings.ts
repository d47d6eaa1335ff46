/** The network a function is said to be in: kept and shown, nothing here has such networks. */
import { createHash } from 'node:crypto';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { checkVpc } from './vpc-rules.ts';

type VpcInput = NonNullable<LambdaOperations['CreateFunction']['input']['VpcConfig']>;

export interface VpcSettings {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Empty once the lists were emptied. */
  readonly vpcId: string;
  readonly ipv6AllowedForDualStack: boolean;
}

/** @throws ServiceError InvalidParameterValueException for what can be no network. */
export function changedVpc(current: VpcSettings | undefined, input: VpcInput | undefined): VpcSettings | undefined {
  if (input === undefined) return current;
  const subnetIds = input.SubnetIds ?? current?.subnetIds ?? [];
  const changed = {
    subnetIds,
    securityGroupIds: input.SecurityGroupIds ?? current?.securityGroupIds ?? [],
    vpcId: subnetIds.length === 0 ? '' : vpcOf(subnetIds),
    ipv6AllowedForDualStack: input.Ipv6AllowedForDualStack ?? current?.ipv6AllowedForDualStack ?? false,
  };
  checkVpc(changed);
  return changed;
}

/** No VPC is known here: the same subnets are said to be in the same one. */
const vpcOf = (subnetIds: readonly string[]): string =>
  `vpc-${createHash('sha256')
    .update([...subnetIds].sort().join())
    .digest('hex')
    .slice(0, 17)}`;
