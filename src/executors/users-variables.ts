/** The variables that a function's owner gave it, without those that are Lambda's own to set. */
import type { FunctionVersion } from '../lambda/function/function-version.ts';

/**
 * What the user cannot set.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (reserved environment variables)
 */
const reserved: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

export function usersVariables({ variables }: Pick<FunctionVersion, 'variables'>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isName(name) && !reserved.has(name)));
}

/** What a process can have as the name of a variable; the API allows less. */
const isName = (name: string): boolean => name !== '' && !/[=\0]/.test(name);

/** A variable of a process ends at its first NUL character, whatever follows. */
export function withoutNul(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.split('\0', 1)[0] ?? '']));
}
