/** A layer as the caller reaches it: by name in the caller's own account, or by ARN. */
import { parseArn } from '../../aws/arn.ts';
import { accountId, region, type Scope, scopeOf } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';

export interface LayerAddress {
  /** Where the layer lives; not always where the caller is. */
  readonly scope: Scope;
  readonly name: string;
  /** Without a version. */
  readonly arn: string;
}

/** @param text a name or an ARN without a version, as the API's pattern has checked. */
export function addressLayer(scope: Scope, text: string): LayerAddress {
  const arn = parseArn(text);
  if (arn === undefined) return addressOf(scope, text);
  return addressOf(scopeOf(accountId(arn.account), region(arn.region)), arn.resource.slice('layer:'.length));
}

export interface LayerVersionAddress extends LayerAddress {
  readonly version: number;
}

/** @returns Nothing for what is no version of a layer, such as those that AWS itself owns (`awslayer:…`). */
export function addressLayerVersion(text: string): LayerVersionAddress | undefined {
  const arn = parseArn(text);
  const [, name, version] = /^layer:([^:]+):(\d+)$/.exec(arn?.resource ?? '') ?? [];
  if (arn === undefined || name === undefined) return undefined;
  return { ...addressOf(scopeOf(accountId(arn.account), region(arn.region)), name), version: Number(version) };
}

export const layerVersionArn = (layer: LayerAddress, version: number): string => `${layer.arn}:${version}`;

export const isOwn = ({ scope }: LayerAddress, caller: Scope): boolean => scope.account === caller.account;

/** What another account hears, whether the layer is there or not. */
export const notAuthorized = (caller: Scope, action: string, resource: string): ServiceError =>
  new ServiceError(
    'AccessDeniedException',
    `User: arn:${caller.partition}:iam::${caller.account}:root is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`,
    { type: null, status: 403 },
  );

const addressOf = (scope: Scope, name: string): LayerAddress => ({
  scope,
  name,
  arn: `arn:${scope.partition}:lambda:${scope.region}:${scope.account}:layer:${name}`,
});
