/** What the operations of EventBridge have in common. */
import type { EventsOperations } from '../../../aws/generated/events-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { invalid } from '../events-faults.ts';

export type EventsOperation<Name extends keyof EventsOperations> = Operation<
  EventsOperations[Name]['input'],
  EventsOperations[Name]['output'],
  CompanionCall
>;

interface PageInput {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** In the order of the keys. @throws ServiceError for a token that was not handed out */
export function eventsPage<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit = 100, NextToken }: PageInput,
) {
  const after = NextToken === undefined ? undefined : decodeMarker(NextToken);
  if (NextToken !== undefined && after === undefined) throw invalid('Parameter NextToken is not valid.');
  const ordered = all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rest = after === undefined ? ordered : ordered.filter((item) => keyOf(item) > after);
  const items = rest.slice(0, Limit);
  const last = items.at(-1);
  return { items, NextToken: rest.length > items.length && last !== undefined ? encodeMarker(keyOf(last)) : undefined };
}
