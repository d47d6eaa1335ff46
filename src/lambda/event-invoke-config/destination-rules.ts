/** Where the records of asynchronous invocations may go. */
import { parseFunctionReference } from '../../aws/function-arn.ts';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { accountId, region, type Scope, scopeOf } from '../../aws/scope.ts';
import type { FunctionStore } from '../function/function-store.ts';
import { invalidParameterValue } from '../lambda-error.ts';

export type DestinationInput = LambdaOperations['PutFunctionEventInvokeConfig']['input']['DestinationConfig'];

interface DestinationRules {
  readonly scope: Scope;
  readonly functions: FunctionStore;
}

/** Buckets take records of failures only. Source: Lambda API reference, PutFunctionEventInvokeConfig. */
const successServices: readonly string[] = ['sqs', 'sns', 'lambda', 'events'];
const failureServices: readonly string[] = [...successServices, 's3'];

/**
 * @param functionName whose invocations these are
 * @throws ServiceError InvalidParameterValueException for a service that takes no records, a function that is not there
 * and the function itself.
 */
export function checkDestinations(input: DestinationInput, functionName: string, rules: DestinationRules): void {
  const onSuccess = input?.OnSuccess?.Destination;
  const onFailure = input?.OnFailure?.Destination;
  const allowed = [
    takesRecords(onFailure, failureServices, functionName, rules),
    takesRecords(onSuccess, successServices, functionName, rules),
  ];
  if (!allowed.includes(false)) return;
  const success = isGiven(onSuccess) ? `OnSuccess(destination=${onSuccess})` : 'null';
  const failure = isGiven(onFailure) ? `OnFailure(destination=${onFailure})` : 'null';
  throw invalidParameterValue(
    `The provided destination config DestinationConfig(onSuccess=${success}, onFailure=${failure}) is invalid.`,
  );
}

/** An empty text is how a request says that there is none. */
const isGiven = (arn: string | undefined): arn is string => arn !== undefined && arn !== '';

function takesRecords(
  arn: string | undefined,
  services: readonly string[],
  functionName: string,
  rules: DestinationRules,
): boolean {
  if (!isGiven(arn)) return true;
  const service = arn.split(':')[2] ?? '';
  if (service === 'lambda') checkFunction(arn, functionName, rules);
  return services.includes(service);
}

function checkFunction(arn: string, functionName: string, { scope, functions }: DestinationRules): void {
  const reference = parseFunctionReference(arn);
  if (reference?.account === undefined || reference.region === undefined) throw invalidDestination(arn);
  const home = scopeOf(accountId(reference.account), region(reference.region));
  if (home.account === scope.account && home.region === scope.region && reference.name === functionName) {
    throw invalidParameterValue("You can't specify the function as a destination for itself.");
  }
  if (functions.find(home, reference.name) === undefined) throw invalidDestination(arn);
}

const invalidDestination = (arn: string) => invalidParameterValue(`The destination ARN ${arn} is invalid.`);

/** The destination to be kept, where the request names one. */
export const keptDestination = (arn: string | undefined): string | undefined => (isGiven(arn) ? arn : undefined);
