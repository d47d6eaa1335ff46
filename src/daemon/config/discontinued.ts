/** Settings that no longer do anything, each with what to use instead. */

const EVENT_SOURCES = 'event sources always deliver asynchronously, as on AWS; remove it';

/** Name to advice, as it ends the sentence "… is discontinued: …". */
export const discontinuedSettings: Readonly<Record<string, string>> = {
  LAMBDA_EXECUTOR: 'use LAMBDA_RUNTIME_EXECUTOR=auto, host or docker',
  LAMBDA_STAY_OPEN_MODE: 'environments stay warm by default; LAMBDA_KEEPALIVE_MS says how long',
  LAMBDA_REMOTE_DOCKER: 'code reaches its environment by itself; remove it',
  LAMBDA_CODE_EXTRACT_TIME:
    'functions are created asynchronously; wait for the state Active, or set LAMBDA_SYNCHRONOUS_CREATE=1',
  LAMBDA_FALLBACK_URL: 'there is no replacement; an unknown function answers ResourceNotFoundException',
  LAMBDA_FORWARD_URL: 'there is no replacement; point the client at the other endpoint with AWS_ENDPOINT_URL_LAMBDA',
  LAMBDA_CONTAINER_REGISTRY: 'there is no replacement yet; functions run as processes of this machine',
  LAMBDA_XRAY_INIT: 'there is nothing to initialise; remove it',
  LAMBDA_JAVA_OPTS: "set JAVA_TOOL_OPTIONS among the function's own environment variables",
  HOSTNAME_EXTERNAL: 'use LOCALSTACK_HOST',
  SKIP_SSL_CERT_DOWNLOAD: 'no certificate is downloaded; remove it',
  REMOVE_SSL_CERT: 'no certificate is downloaded; remove it',
  EDGE_PORT: 'use GATEWAY_LISTEN, for example GATEWAY_LISTEN=127.0.0.1:4566',
  EDGE_PORT_HTTP: 'use GATEWAY_LISTEN, for example GATEWAY_LISTEN=127.0.0.1:4566',
  EDGE_BIND_HOST: 'use GATEWAY_LISTEN, for example GATEWAY_LISTEN=0.0.0.0:4566',
  SYNCHRONOUS_KINESIS_EVENTS: EVENT_SOURCES,
  SYNCHRONOUS_SNS_EVENTS: EVENT_SOURCES,
  SYNCHRONOUS_SQS_EVENTS: EVENT_SOURCES,
  SYNCHRONOUS_DYNAMODB_EVENTS: EVENT_SOURCES,
  PROVIDER_OVERRIDE_LAMBDA: 'there is one implementation; remove it',
  LAMBDA_EVENT_SOURCE_MAPPING: 'there is one implementation; remove it',
};
