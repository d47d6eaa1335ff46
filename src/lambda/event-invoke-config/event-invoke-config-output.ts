/** An event invoke configuration as the API shows it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import { qualifiedArn } from '../function/function-address.ts';
import type { FunctionArn } from '../function/function-version.ts';
import type { EventInvokeConfigRecord } from './event-invoke-config-record.ts';

/** The ARN always has its qualifier, and both destinations are named even when there are none. */
export const eventInvokeConfigOutput = (
  arn: FunctionArn,
  config: EventInvokeConfigRecord,
): LambdaOperations['GetFunctionEventInvokeConfig']['output'] => ({
  LastModified: dateOf(config.lastModified),
  FunctionArn: qualifiedArn(arn, config.qualifier),
  MaximumRetryAttempts: config.maximumRetryAttempts,
  MaximumEventAgeInSeconds: config.maximumEventAge,
  DestinationConfig: { OnSuccess: destination(config.onSuccess), OnFailure: destination(config.onFailure) },
});

const destination = (arn: string | undefined): { readonly Destination?: string } =>
  arn === undefined ? {} : { Destination: arn };
