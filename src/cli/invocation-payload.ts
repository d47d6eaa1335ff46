/** The event that `lambdad invoke` sends: an argument, a file, or standard input. */
import { readFile } from 'node:fs/promises';
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { Progress } from './progress.ts';

/**
 * @param argument JSON, `@file`, or `-` for standard input
 * @returns `{}` where there is none, and nothing is piped in
 * @throws CommandFailure for two events at once, and for a file that cannot be read
 */
export async function readPayload(
  argument: string | undefined,
  file: string | undefined,
  context: CliContext,
): Promise<Uint8Array> {
  if (argument !== undefined && file !== undefined) {
    throw new CommandFailure('give the payload as an argument or with --file, not both', ExitCode.usage);
  }
  const name = file ?? (argument?.startsWith('@') ? argument.slice(1) : undefined);
  if (name !== undefined) return readPayloadFile(name);
  if (argument === '-' || (argument === undefined && context.inputIsPiped())) {
    using _progress = new Progress(context, 'reading the payload from standard input');
    const payload = await readAll(context.stdin);
    return payload.length === 0 ? emptyEvent : payload;
  }
  return argument === undefined ? emptyEvent : Buffer.from(argument);
}

const emptyEvent = Buffer.from('{}');

async function readPayloadFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandFailure(
      `the payload file ${file} cannot be read (${error instanceof Error ? error.message : ''})`,
    );
  }
}

async function readAll(input: CliContext['stdin']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
