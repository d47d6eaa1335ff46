/** The user's environment variables: what Lambda refuses of them. */
import { invalidParameterValue } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';

/**
 * Names that only Lambda itself sets.
 * @see AWS Lambda Developer Guide, "Working with Lambda environment variables", reserved environment variables
 */
const reserved: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

const refusal =
  'Lambda was unable to configure your environment variables because the environment variables you have provided';

/** @throws ServiceError InvalidParameterValueException for reserved names and for more than the limit in all. */
export function checkVariables(variables: Readonly<Record<string, string>>, limits: LambdaLimits): void {
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > limits.environmentVariablesSize) {
    throw invalidParameterValue(`${refusal} exceeded the 4KB limit. String measured: ${text}`);
  }
  const taken = Object.keys(variables).filter((name) => reserved.has(name));
  if (taken.length > 0) {
    throw invalidParameterValue(
      `${refusal} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  }
}
