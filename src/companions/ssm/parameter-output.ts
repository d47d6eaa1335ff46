/** Parameters as the API shows them. */
import { latestOf, type Parameter, type ParameterVersion } from './parameter.ts';
import type { FoundParameter } from './parameter-store.ts';

const shownValue = ({ type, value, ciphertext }: ParameterVersion, decrypted: boolean): string =>
  type === 'SecureString' && !decrypted ? (ciphertext ?? '') : value;

export const parameterOutput = ({ parameter, version, selector }: FoundParameter, decrypted: boolean) => ({
  Name: parameter.name,
  Type: version.type,
  Value: shownValue(version, decrypted),
  Version: version.version,
  ...(selector === undefined ? {} : { Selector: selector }),
  LastModifiedDate: version.modified,
  ARN: parameter.arn,
  DataType: version.dataType,
});

/** Without the value, which DescribeParameters does not show. */
export function metadataOutput(parameter: Parameter, version = latestOf(parameter)) {
  return {
    Name: parameter.name,
    Type: version.type,
    KeyId: version.keyId,
    LastModifiedDate: version.modified,
    LastModifiedUser: version.modifiedBy,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: policiesOf(version),
    DataType: version.dataType,
  };
}

export const historyOutput = (parameter: Parameter, version: ParameterVersion, decrypted: boolean) => ({
  ...metadataOutput(parameter, version),
  Value: shownValue(version, decrypted),
  Labels: [...version.labels],
});

function policiesOf({ policies }: ParameterVersion) {
  if (policies === undefined) return [];
  const list: unknown = JSON.parse(policies);
  return (Array.isArray(list) ? list : []).map((policy: unknown) => ({
    PolicyText: JSON.stringify(policy),
    PolicyType: (policy as { readonly Type?: string }).Type,
    PolicyStatus: 'Pending',
  }));
}
