/** What is kept of an event source mapping. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { EventSource } from './event-source.ts';
import type { MappingState } from './event-source-mapping-state.ts';

type CreateInput = LambdaOperations['CreateEventSourceMapping']['input'];

/** An immutable value, kept by its UUID. The function may be gone meanwhile: the mapping stays. */
export interface EventSourceMappingRecord {
  readonly uuid: string;
  readonly scope: Scope;
  readonly arn: string;
  readonly source: EventSource;
  /** Whom the batches go to. */
  readonly target: MappedFunction;
  /** What the user wants; whether it is so, the state says. */
  readonly wanted: 'enabled' | 'disabled';
  readonly state: MappingState;
  readonly stateTransitionReason: string;
  /** Epoch; of the last change, of the state's too. */
  readonly lastModified: Milliseconds;
  readonly settings: MappingSettings;
  readonly tags: Readonly<Record<string, string>>;
}

export interface MappedFunction {
  readonly name: string;
  /** A version or alias; undefined for `$LATEST`. */
  readonly qualifier: string | undefined;
  /** As replies show it. */
  readonly arn: string;
}

/**
 * What a user sets, in the API's own form: most of it is only shown, and pollers read the rest. A member that was never
 * set and has no default is absent.
 */
export type MappingSettings = Partial<
  Omit<CreateInput, 'FunctionName' | 'EventSourceArn' | 'SelfManagedEventSource' | 'Enabled' | 'Tags'>
>;
