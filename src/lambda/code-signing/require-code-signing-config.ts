/** The code signing configuration that a request names, or one of AWS's two errors. */
import { ServiceError } from '../../aws/service-error.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import type { CodeSigningConfigRecord } from './code-signing-config-record.ts';

type Stored = Pick<LambdaCall, 'scope' | 'stores'>;

/**
 * For operations on configurations.
 * @throws ServiceError ResourceNotFoundException, also for one of another account or region.
 */
export function requireCodeSigningConfig(arn: string, call: Stored): CodeSigningConfigRecord {
  const record = findCodeSigningConfig(arn, call);
  if (record !== undefined) return record;
  throw new ServiceError(
    'ResourceNotFoundException',
    `The Lambda code signing configuration ${arn} can not be found.`,
    { type: null },
  );
}

/**
 * For operations on functions.
 * @throws ServiceError CodeSigningConfigNotFoundException, also for one of another account or region.
 */
export function requireConfigForFunction(arn: string, call: Stored): CodeSigningConfigRecord {
  const record = findCodeSigningConfig(arn, call);
  if (record !== undefined) return record;
  throw new ServiceError(
    'CodeSigningConfigNotFoundException',
    `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`,
    { type: null },
  );
}

/** The configuration of a function that is there: it cannot be deleted meanwhile. */
export const configOfFunction = ({ traits }: FunctionRecord, call: Stored): CodeSigningConfigRecord | undefined =>
  traits.codeSigningConfigArn === undefined ? undefined : findCodeSigningConfig(traits.codeSigningConfigArn, call);

/** In the caller's own account and region. */
function findCodeSigningConfig(arn: string, { scope, stores }: Stored): CodeSigningConfigRecord | undefined {
  const record = stores.codeSigningConfigs.find(scope, arn.slice(arn.lastIndexOf(':') + 1));
  return record?.arn === arn ? record : undefined;
}
