/** `lambdad invoke --stream`: prints the answer while the function writes it. */
import { type CliContext, ExitCode, type Output } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { type DaemonRequest, openDaemon, readBody } from './daemon-client.ts';
import { eventStreamMessages } from './event-stream-messages.ts';
import { apiErrorText, parsePayload } from './invocation-answer.ts';
import type { Progress } from './progress.ts';
import { showFunctionError, showLog } from './show-invocation.ts';

/** The last event of the stream. */
interface Completion {
  readonly ErrorCode?: string;
  readonly ErrorDetails?: string;
  /** Base64. */
  readonly LogResult?: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
export async function invokeStreaming(
  endpoint: URL,
  request: DaemonRequest,
  progress: Progress,
  context: CliContext,
): Promise<ExitCode> {
  const response = await openDaemon(endpoint, request);
  if ((response.statusCode ?? 0) >= 400) {
    const { statusCode: status = 0, headers } = response;
    throw new CommandFailure(apiErrorText({ status, headers, body: await readBody(response) }));
  }
  let last: Buffer = Buffer.alloc(0);
  let completion: Completion | undefined;
  try {
    for await (const { headers, payload } of eventStreamMessages(response)) {
      progress[Symbol.dispose]();
      const type = headers.get(':event-type') ?? headers.get(':exception-type') ?? headers.get(':message-type');
      if (type === 'PayloadChunk') {
        last = payload;
        await written(payload, context.stdout);
      } else if (type === 'InvokeComplete') {
        completion = parsePayload(payload) ?? {};
      } else {
        throw new CommandFailure(`the stream ended with ${type}: ${payload.toString()}`);
      }
    }
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`the stream broke off: ${error instanceof Error ? error.message : ''}`, undefined, error);
  }
  if (context.stdout.isTTY === true && last.at(-1) !== 0x0a) context.stdout.write('\n');
  return concluded(completion, context);
}

function concluded(completion: Completion | undefined, context: CliContext): ExitCode {
  if (completion === undefined) throw new CommandFailure('the stream ended before the invocation did');
  const { ErrorCode, ErrorDetails = '', LogResult } = completion;
  showLog(LogResult === undefined ? undefined : Buffer.from(LogResult, 'base64').toString(), context);
  if (ErrorCode === undefined) return ExitCode.ok;
  showFunctionError(ErrorCode, Buffer.from(ErrorDetails), context);
  return ExitCode.failure;
}

/** Whoever reads our output sets the pace: what comes faster is not kept. */
function written(chunk: Buffer, output: Output): Promise<void> | undefined {
  if (output.write(chunk) !== false || output.once === undefined) return undefined;
  return new Promise((resolve) => output.once?.('drain', resolve));
}
