/** How a function logs: format, levels and group, and how a request changes them. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { invalidParameterValue } from '../lambda-error.ts';

type LoggingInput = NonNullable<LambdaOperations['CreateFunction']['input']['LoggingConfig']>;

/** Levels exist with the JSON format only. */
export interface LoggingSettings {
  readonly format: 'Text' | 'JSON';
  readonly applicationLevel: LoggingInput['ApplicationLogLevel'];
  readonly systemLevel: LoggingInput['SystemLogLevel'];
  readonly logGroup: string;
}

export function defaultLogging(functionName: string, format: 'Text' | 'JSON'): LoggingSettings {
  const level = format === 'JSON' ? 'INFO' : undefined;
  return { format, applicationLevel: level, systemLevel: level, logGroup: `/aws/lambda/${functionName}` };
}

/**
 * @throws ServiceError InvalidParameterValueException for a level with the Text format.
 * @see AWS Lambda API reference, LoggingConfig
 */
export function changedLogging(current: LoggingSettings, input: LoggingInput | undefined): LoggingSettings {
  if (input === undefined) return current;
  const format = input.LogFormat ?? current.format;
  const logGroup = input.LogGroup ?? current.logGroup;
  if (format === 'JSON') {
    return {
      format,
      applicationLevel: input.ApplicationLogLevel ?? current.applicationLevel ?? 'INFO',
      systemLevel: input.SystemLogLevel ?? current.systemLevel ?? 'INFO',
      logGroup,
    };
  }
  if (input.ApplicationLogLevel !== undefined || input.SystemLogLevel !== undefined) {
    throw invalidParameterValue(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    );
  }
  return { format, applicationLevel: undefined, systemLevel: undefined, logGroup };
}
