/** A bus, its rules and their targets. */
import type { EventPattern } from '../../../aws/event-pattern/event-pattern.ts';
import type { EventsOperations } from '../../../aws/generated/events-operations.ts';
import type { Scope } from '../../../aws/scope.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** As it was put; targets are shown as they were given. */
export type Target = EventsOperations['PutTargets']['input']['Targets'][number];

type BusInput = EventsOperations['CreateEventBus']['input'];

export interface PolicyStatement {
  readonly Sid?: string;
}

export interface EventBus {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly created: Date;
  modified: Date;
  description: string | undefined;
  kmsKey: string | undefined;
  deadLetterConfig: BusInput['DeadLetterConfig'];
  logConfig: BusInput['LogConfig'];
  /** Kept and shown; nothing here evaluates it. */
  policy: readonly PolicyStatement[];
  readonly tags: Map<string, string>;
  /** By name. */
  readonly rules: Map<string, Rule>;
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** What PutRule replaces as a whole. */
export interface RuleSettings {
  readonly pattern: { readonly text: string; readonly fits: EventPattern } | undefined;
  readonly schedule: { readonly expression: string; readonly times: Schedule } | undefined;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
}

export interface Rule {
  readonly bus: EventBus;
  readonly name: string;
  readonly arn: string;
  settings: RuleSettings;
  state: RuleState;
  readonly tags: Map<string, string>;
  /** By id. */
  readonly targets: Map<string, Target>;
}

export const defaultBus = 'default';
