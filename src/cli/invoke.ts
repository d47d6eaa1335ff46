/** `lambdad invoke`: calls a function through the ordinary API and shows what it answered. */
import { readFile } from 'node:fs/promises';
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { callDaemon } from './daemon-client.ts';
import { resolveEndpoint } from './endpoint.ts';
import { apiErrorText, errorText, type InvocationAnswer, parsePayload, readAnswer } from './invocation-answer.ts';
import { coloursFor } from './terminal-colours.ts';

export interface InvokeOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
  readonly region?: string;
  readonly qualifier?: string;
  readonly payloadFile?: string;
  /** A JSON object, as the handler's context shows it. */
  readonly clientContext?: string;
  /** Show the end of the invocation's log too. */
  readonly tail?: boolean;
}

/**
 * Succeeds only when the function did; its error goes to stderr.
 * @param payload JSON, `@file`, or `-` for stdin; without one the event is `{}`.
 * @throws CommandFailure when no daemon answers, or the API refuses.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function invoke(
  functionName: string,
  payload: string | undefined,
  options: InvokeOptions,
  context: CliContext,
): Promise<ExitCode> {
  const endpoint = resolveEndpoint(options.endpoint, context.environment);
  const query = options.qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(options.qualifier)}`;
  const response = await callDaemon(endpoint, {
    method: 'POST',
    path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations${query}`,
    headers: requestHeaders(options, context),
    body: await readPayload(payload, options, context),
  });
  if (response.status >= 400) throw new CommandFailure(apiErrorText(response));
  const answer = readAnswer(response);
  if (options.json === true) {
    const shown = { ...answer, payload: parsePayload(answer.payload) ?? null };
    context.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    show(answer, context);
  }
  return answer.functionError === undefined ? ExitCode.ok : ExitCode.failure;
}

/** The signature is never checked; its credential scope is what tells the daemon account and region. */
function requestHeaders(options: InvokeOptions, { environment }: CliContext): Record<string, string> {
  const region = options.region ?? (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1');
  const account = environment['AWS_ACCESS_KEY_ID'] ?? '';
  const key = /^\d{12}$/.test(account) ? account : 'test';
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
    'content-type': 'application/json',
    ...(options.tail === true ? { 'x-amz-log-type': 'Tail' } : {}),
    ...(options.clientContext === undefined
      ? {}
      : { 'x-amz-client-context': Buffer.from(options.clientContext).toString('base64') }),
  };
}

async function readPayload(
  payload: string | undefined,
  options: InvokeOptions,
  context: CliContext,
): Promise<Uint8Array> {
  if (payload !== undefined && options.payloadFile !== undefined) {
    throw new CommandFailure('give the payload as an argument or with --payload-file, not both', ExitCode.usage);
  }
  const file = options.payloadFile ?? (payload?.startsWith('@') ? payload.slice(1) : undefined);
  if (file !== undefined) {
    try {
      return await readFile(file);
    } catch (error) {
      throw new CommandFailure(
        `the payload file ${file} cannot be read (${error instanceof Error ? error.message : ''})`,
      );
    }
  }
  if (payload === '-') return readAll(context.stdin);
  return Buffer.from(payload ?? '{}');
}

async function readAll(input: CliContext['stdin']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

function show(answer: InvocationAnswer, { stdout, stderr, environment }: CliContext): void {
  const colours = coloursFor(stderr, environment);
  if (answer.log !== undefined) stderr.write(colours.dim(answer.log));
  if (answer.functionError === undefined) {
    stdout.write(answer.payload);
    stdout.write('\n');
  } else {
    stderr.write(`${colours.red('the function failed')} (${answer.functionError})\n${errorText(answer.payload)}\n`);
  }
}
