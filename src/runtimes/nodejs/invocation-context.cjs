/** The `context` that a handler gets. Source: AWS Lambda developer guide, "Using the Lambda context object" (Node.js). */
'use strict';

/** What is the same for every invocation; read once, for the environment of a process is slow to read. */
function functionContext(env) {
  return {
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  };
}

/**
 * @param {Record<string, string>} headers of the event, names in lower case
 * @throws {SyntaxError} when a header that must be JSON is not
 */
function invocationContext(shared, headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    ...shared,
    clientContext: jsonHeader(headers['lambda-runtime-client-context']),
    identity: jsonHeader(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const tenantId = headers['lambda-runtime-aws-tenant-id'];
  if (tenantId !== undefined) context.tenantId = tenantId;
  return context;
}

function jsonHeader(value) {
  // The bytes of a header were read one to a character; what they say is UTF-8.
  return value === undefined || value === '' ? undefined : JSON.parse(Buffer.from(value, 'latin1').toString('utf8'));
}

module.exports = { functionContext, invocationContext };
