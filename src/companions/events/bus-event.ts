/** An event on a bus: its envelope, and its text as targets get it. */

import type { Scope } from '../../aws/scope.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';

export interface BusEvent {
  readonly id: string;
  /** What patterns and paths look at. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The whole of it. */
  readonly text: string;
  readonly detailText: string;
  readonly received: Milliseconds;
  readonly traceHeader: string | undefined;
  /** How many rules have sent it on to another bus. */
  readonly hops: number;
}

export interface EventFacts {
  readonly id: string;
  readonly scope: Scope;
  readonly source: string;
  readonly detailType: string;
  readonly time: Milliseconds;
  readonly received: Milliseconds;
  readonly resources: readonly string[];
  /** JSON without needless white space; it is passed on as it came, so that no number loses a digit. */
  readonly detailText: string;
  readonly traceHeader?: string | undefined;
}

/** @see Amazon EventBridge user guide, "Event structure reference" */
export function busEvent(facts: EventFacts): BusEvent {
  const { id, scope, source, detailType, time, received, resources, detailText, traceHeader } = facts;
  const envelope = {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account: scope.account,
    // Whole seconds.
    time: isoTimestamp(time).replace(/\.\d+Z$/, 'Z'),
    region: scope.region,
    resources,
  };
  const text = `${JSON.stringify(envelope).slice(0, -1)},"detail":${detailText}}`;
  return {
    id,
    value: { ...envelope, detail: JSON.parse(detailText) },
    text,
    detailText,
    received,
    traceHeader,
    hops: 0,
  };
}
