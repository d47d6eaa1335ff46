/** How events for a function are to be treated: what was configured for the qualifier that they name, or the default. */
import { type Seconds, seconds } from '../../kernel/quantity.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionStore } from '../function/function-store.ts';
import type { FunctionVersion } from '../function/function-version.ts';
import type { RecordStore } from '../record-store.ts';
import { latestVersion } from '../version/version-record.ts';
import type { EventInvokeConfigRecord } from './event-invoke-config-record.ts';

export interface EventInvokePolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAge: Seconds;
  /** The function's reserved concurrency is 0: no event is run at all. */
  readonly stopped: boolean;
}

/** Source: AWS Lambda API reference, PutFunctionEventInvokeConfig. */
const defaultRetryAttempts = 2;
const defaultEventAge = seconds(21_600);

export class EventInvokePolicies {
  readonly #configs: RecordStore<EventInvokeConfigRecord>;
  readonly #functions: FunctionStore;

  constructor(configs: RecordStore<EventInvokeConfigRecord>, functions: FunctionStore) {
    this.#configs = configs;
    this.#functions = functions;
  }

  /** @param invokedFunctionArn as the caller named the function, with the qualifier if there was one */
  of({ scope, functionName, functionArn }: FunctionVersion, invokedFunctionArn: string): EventInvokePolicy {
    const qualifier = invokedFunctionArn.slice(functionArn.length + 1) || latestVersion;
    const config = this.#configs.find(scope, functionKey(functionName, qualifier));
    return {
      maximumRetryAttempts: config?.maximumRetryAttempts ?? defaultRetryAttempts,
      maximumEventAge: config?.maximumEventAge ?? defaultEventAge,
      stopped: this.#functions.find(scope, functionName)?.traits.reservedConcurrency === 0,
    };
  }
}
