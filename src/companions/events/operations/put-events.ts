import type { EventsOperations } from '../../../aws/generated/events-operations.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import type { Random } from '../../../kernel/random.ts';
import type { CompanionCall } from '../../companion-call.ts';
import type { BusStore } from '../bus/bus-store.ts';
import type { EventRouter } from '../bus/event-router.ts';
import { busEvent } from '../bus-event.ts';
import { invalid } from '../events-faults.ts';
import { compactJson, deepestEvent, jsonDepth } from '../json-text.ts';
import type { EventsOperation } from './events-operation.ts';

export interface PutEventsDeps {
  readonly store: BusStore;
  readonly router: EventRouter;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

type Entry = EventsOperations['PutEvents']['input']['Entries'][number];

/** Bytes of all entries together. Source: EventBridge user guide, "Calculating PutEvents event entry size". */
const longest = 1024 * 1024;

/** `PutEvents`: each entry by itself; what cannot be put says why, in its place. */
export const putEvents =
  (deps: PutEventsDeps): EventsOperation<'PutEvents'> =>
  ({ Entries }, call) => {
    if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > longest) {
      throw invalid('Total size of the entries in the request is over the limit.');
    }
    const results = Entries.map((entry) => faultOf(entry, call) ?? { EventId: put(deps, entry, call) });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}

interface EntryFault {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function faultOf(entry: Entry, { isInProcess }: CompanionCall): EntryFault | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[name] === undefined || entry[name] === '') {
      const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
      return { ErrorCode: 'InvalidArgument', ErrorMessage };
    }
  }
  if (entry.Source?.startsWith('aws.') === true && !isInProcess) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!isDetail(entry.Detail ?? '')) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return undefined;
}

/** An object. */
function isDetail(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && jsonDepth(text) <= deepestEvent;
  } catch {
    return false;
  }
}

/** To a bus that is not there an event is put as well, and lost. */
function put(deps: PutEventsDeps, entry: Entry, { scope, traceHeader }: CompanionCall): string {
  const { store, router, clock, random, logger } = deps;
  const { Time, Source = '', DetailType = '', Detail = '', Resources = [], EventBusName } = entry;
  const id = random.uuid();
  const received = clock.now();
  const event = busEvent({
    id,
    scope,
    source: Source,
    detailType: DetailType,
    time: Time === undefined ? received : milliseconds(Time.getTime()),
    received,
    resources: Resources,
    detailText: compactJson(Detail),
    traceHeader: entry.TraceHeader ?? traceHeader,
  });
  const bus = store.find(scope, EventBusName);
  if (bus === undefined) logger.warn('an event was put on a bus that does not exist', { bus: EventBusName, event: id });
  else router.route(bus, event);
  return id;
}
