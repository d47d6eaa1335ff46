/** The variables that the service gives to every environment. Source: Lambda developer guide, "Environment variables". */

import type { RoleCredentials } from '../aws/sigv4/role-credentials.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';

export type InitializationType = 'on-demand' | 'provisioned-concurrency' | 'snap-start';

export function environmentVariables(
  version: FunctionVersion,
  credentials: RoleCredentials,
  logStream: string,
  initializationType: InitializationType,
  endpoint: string | undefined,
  xrayDaemon: string | undefined,
): Readonly<Record<string, string>> {
  const { scope, logging } = version;
  const { region } = scope;
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memorySize),
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: version.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...(logging.format === 'JSON' && {
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: logging.applicationLevel,
    }),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    ...xrayVariables(xrayDaemon ?? nobodysXRayDaemon),
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
  };
}

/** Where a tracing daemon on this machine would listen; without one the datagrams are lost, as they may be. */
const nobodysXRayDaemon = '127.0.0.1:2000';

function xrayVariables(daemon: string): Readonly<Record<string, string>> {
  const colon = daemon.lastIndexOf(':');
  return {
    AWS_XRAY_DAEMON_ADDRESS: daemon,
    _AWS_XRAY_DAEMON_ADDRESS: daemon.slice(0, colon),
    _AWS_XRAY_DAEMON_PORT: daemon.slice(colon + 1),
  };
}
