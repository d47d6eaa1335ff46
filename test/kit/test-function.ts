/** A function in a daemon under test. */
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { type Files, isPackage, zipOf } from './zip-of.ts';

export interface FunctionOptions extends Partial<Omit<CreateFunctionCommandInput, 'Code'>> {
  /** The package's files, or the package. */
  readonly code: Files | Buffer;
}

export interface Invoked {
  readonly status: number;
  /** The payload as JSON; tests look into it as they please. */
  readonly payload: unknown;
  readonly functionError: string | undefined;
  readonly executedVersion: string | undefined;
  /** The end of the log, when it was asked for. */
  readonly log: string;
}

let created = 0;

export class TestFunction {
  readonly name: string;
  readonly #lambda: LambdaClient;

  private constructor(name: string, lambda: LambdaClient) {
    this.name = name;
    this.#lambda = lambda;
  }

  static async create(lambda: LambdaClient, { code, ...options }: FunctionOptions): Promise<TestFunction> {
    return TestFunction.from(lambda, options, { ZipFile: isPackage(code) ? code : await zipOf(code) });
  }

  /** From code of any kind. */
  static async from(
    lambda: LambdaClient,
    options: Partial<CreateFunctionCommandInput>,
    Code: CreateFunctionCommandInput['Code'],
  ): Promise<TestFunction> {
    created += 1;
    const name = options.FunctionName ?? `function-${created}`;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/lambda-role',
        ...options,
        Code,
      }),
    );
    await active(lambda, name);
    return new TestFunction(name, lambda);
  }

  async invoke(payload: unknown = {}, options: Partial<InvokeCommandInput> = {}): Promise<Invoked> {
    const output = await this.#lambda.send(
      new InvokeCommand({ FunctionName: this.name, Payload: Buffer.from(JSON.stringify(payload)), ...options }),
    );
    const text = output.Payload ? Buffer.from(output.Payload).toString('utf8') : '';
    return {
      status: output.StatusCode ?? 0,
      payload: text === '' ? undefined : (JSON.parse(text) as unknown),
      functionError: output.FunctionError,
      executedVersion: output.ExecutedVersion,
      log: Buffer.from(output.LogResult ?? '', 'base64').toString('utf8'),
    };
  }
}

/** Asks until the function is no longer Pending: the SDK's own waiter sleeps for a second between. */
async function active(lambda: LambdaClient, name: string): Promise<void> {
  for (;;) {
    const { State, StateReason } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    if (State === 'Active') return;
    if (State !== 'Pending') throw new Error(`${name} is ${State}: ${StateReason}`);
  }
}
