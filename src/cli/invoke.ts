/** `lambdad invoke`: calls a function through the ordinary API and shows what it answered. */
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { callDaemon, type DaemonRequest } from './daemon-client.ts';
import { resolveEndpoint } from './endpoint.ts';
import { apiErrorText, type InvocationAnswer, parsePayload, readAnswer } from './invocation-answer.ts';
import { readPayload } from './invocation-payload.ts';
import { Progress } from './progress.ts';
import { showFunctionError, showLog } from './show-invocation.ts';

export interface InvokeOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
  readonly region?: string;
  readonly qualifier?: string;
  readonly file?: string;
  /** A JSON object, as the handler's context shows it. */
  readonly clientContext?: string;
  /** Show the end of the invocation's log too. */
  readonly tail?: boolean;
  /** Print the answer while the function writes it. */
  readonly stream?: boolean;
  /** Leave the event to be run later, and print the request id. */
  readonly event?: boolean;
}

/**
 * Succeeds only when the function did; its error goes to stderr.
 * @param payload JSON, `@file`, or `-` for stdin; without one the event is what is piped in, or `{}`.
 * @throws CommandFailure when no daemon answers, or the API refuses.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function invoke(
  functionName: string,
  payload: string | undefined,
  options: InvokeOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkOptions(options);
  const endpoint = resolveEndpoint(options.endpoint, context.environment);
  const request = requestOf(functionName, await readPayload(payload, options.file, context), options, context);
  using progress = new Progress(context, `invoking ${functionName}`);
  if (options.stream === true) {
    const { invokeStreaming } = await import('./invoke-streaming.ts');
    return invokeStreaming(endpoint, request, progress, context);
  }
  const response = await callDaemon(endpoint, request);
  progress.clear();
  if (response.status >= 400) throw new CommandFailure(apiErrorText(response));
  const answer = readAnswer(response);
  if (options.json === true) {
    const shown = { ...answer, payload: parsePayload(answer.payload) ?? null };
    context.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  } else if (options.event === true) {
    context.stdout.write(`${answer.requestId}\n`);
  } else {
    show(answer, context);
  }
  return answer.functionError === undefined ? ExitCode.ok : ExitCode.failure;
}

function checkOptions({ stream, event, json, tail }: InvokeOptions): void {
  const conflict =
    event === true && stream === true
      ? '--event runs the function later: there is no answer to --stream'
      : event === true && tail === true
        ? '--event runs the function later: there is no log to --tail yet; see "lambdad logs"'
        : stream === true && json === true
          ? '--stream prints the answer as it comes, --json when it is whole: choose one'
          : undefined;
  if (conflict !== undefined) throw new CommandFailure(conflict, ExitCode.usage);
}

/** The signature is never checked; its credential scope is what tells the daemon account and region. */
function requestOf(
  functionName: string,
  body: Uint8Array,
  options: InvokeOptions,
  { environment }: CliContext,
): DaemonRequest {
  const region = options.region ?? (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1');
  const account = environment['AWS_ACCESS_KEY_ID'] ?? '';
  const key = /^\d{12}$/.test(account) ? account : 'test';
  const query = options.qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(options.qualifier)}`;
  const name = encodeURIComponent(functionName);
  return {
    method: 'POST',
    path:
      options.stream === true
        ? `/2021-11-15/functions/${name}/response-streaming-invocations${query}`
        : `/2015-03-31/functions/${name}/invocations${query}`,
    body,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/json',
      ...(options.tail === true ? { 'x-amz-log-type': 'Tail' } : {}),
      ...(options.event === true ? { 'x-amz-invocation-type': 'Event' } : {}),
      ...(options.clientContext === undefined
        ? {}
        : { 'x-amz-client-context': Buffer.from(options.clientContext).toString('base64') }),
    },
  };
}

function show(answer: InvocationAnswer, context: CliContext): void {
  showLog(answer.log, context);
  if (answer.functionError === undefined) {
    context.stdout.write(answer.payload);
    context.stdout.write('\n');
  } else {
    showFunctionError(answer.functionError, answer.payload, context);
  }
}
