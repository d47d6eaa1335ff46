/** Network and file systems of a function: which go together. */
import { invalidParameterValue } from '../lambda-error.ts';
import type { FunctionSettings } from './function-settings.ts';

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
