/** Gives a function of a test a URL. */
import { CreateFunctionUrlConfigCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** @returns its host name, under the domain that resolves on every machine */
export async function urlOf(lambda: LambdaClient, functionName: string, authType: 'NONE' | 'AWS_IAM' = 'NONE') {
  const input = { FunctionName: functionName, AuthType: authType };
  const { FunctionUrl } = await lambda.send(new CreateFunctionUrlConfigCommand(input));
  return new URL(FunctionUrl ?? '').hostname.replace('localhost.localstack.cloud', 'localhost');
}
