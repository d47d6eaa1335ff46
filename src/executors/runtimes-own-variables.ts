/** Variables of the runtime that extensions do not see. */

/** @see Lambda Developer Guide, "Using the Lambda Extensions API to create extensions", "Environment variables" */
export const runtimesOwnVariables: readonly string[] = [
  ['AWS_EXECUTION_ENV', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_XRAY_CONTEXT_MISSING'],
  ['AWS_XRAY_DAEMON_ADDRESS', '_AWS_XRAY_DAEMON_ADDRESS', '_AWS_XRAY_DAEMON_PORT', 'LAMBDA_RUNTIME_DIR'],
  ['LAMBDA_TASK_ROOT', '_HANDLER'],
].flat();
