/** Gives a function of a test a URL. */
import {
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda';

type Config = Partial<Omit<CreateFunctionUrlConfigCommandInput, 'FunctionName' | 'AuthType'>>;

/** @returns its host name, under the domain that resolves on every machine */
export async function urlOf(
  lambda: LambdaClient,
  functionName: string,
  authType: 'NONE' | 'AWS_IAM' = 'NONE',
  config: Config = {},
): Promise<string> {
  const input = { ...config, FunctionName: functionName, AuthType: authType };
  const { FunctionUrl } = await lambda.send(new CreateFunctionUrlConfigCommand(input));
  return new URL(FunctionUrl ?? '').hostname.replace('localhost.localstack.cloud', 'localhost');
}
