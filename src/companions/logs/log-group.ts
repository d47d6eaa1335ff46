/** A log group, its streams and their events. */
import type { LogsOperations } from '../../aws/generated/logs-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import type { MessageTest } from './filter-pattern/message-test.ts';

export interface StoredEvent {
  /** Increasing over all events of the daemon: what came later has the larger one. */
  readonly id: number;
  /** Milliseconds since the epoch, as the writer said. */
  readonly timestamp: number;
  /** When it came. */
  readonly ingested: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  /** By timestamp; those of one time in the order in which they came. */
  readonly events: StoredEvent[];
  lastIngestion: number | undefined;
  /** UTF-16 units of the messages, with what an event costs beside. */
  size: number;
}

export interface SubscriptionFilter {
  readonly name: string;
  readonly pattern: string;
  readonly fits: MessageTest;
  readonly destinationArn: string;
  readonly roleArn: string | undefined;
  readonly distribution: 'Random' | 'ByLogStream';
  readonly created: number;
}

type LogGroupClass = NonNullable<LogsOperations['CreateLogGroup']['input']['logGroupClass']>;

export interface LogGroup {
  readonly scope: Scope;
  readonly name: string;
  /** Without the `:*` that some answers show behind it. */
  readonly arn: string;
  readonly created: number;
  readonly kmsKeyId: string | undefined;
  readonly logGroupClass: LogGroupClass;
  retentionInDays: number | undefined;
  readonly tags: Map<string, string>;
  readonly streams: Map<string, LogStream>;
  readonly subscriptions: Map<string, SubscriptionFilter>;
}
