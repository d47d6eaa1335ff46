/** The variables that the service gives to every environment. Source: Lambda developer guide, "Environment variables". */
import type { EnvironmentId } from '../executors/executor.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';

export type InitializationType = 'on-demand' | 'provisioned-concurrency' | 'snap-start';

export function environmentVariables(
  version: FunctionVersion,
  id: EnvironmentId,
  logStream: string,
  initializationType: InitializationType,
  endpoint: string | undefined,
): Readonly<Record<string, string>> {
  const { account, region } = version.scope;
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memorySize),
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: version.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    // An access key of twelve digits names the account: what the function calls here acts in its own account.
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: `secret-of-${id}`,
    AWS_SESSION_TOKEN: `session-of-${id}`,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    // Where a tracing daemon on this machine would listen; without one the datagrams are lost, as they may be.
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
  };
}
