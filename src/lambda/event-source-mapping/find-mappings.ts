/** Mappings by what they join. */
import type { LambdaCall } from '../lambda-call.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';

const batch = 1000;

/** At most `limit` of those that fit, by UUID, those after the UUID `after`. Looks at every mapping after that. */
export function findMappings(
  fits: (mapping: EventSourceMappingRecord) => boolean,
  after: string | undefined,
  limit: number,
  { scope, stores }: Pick<LambdaCall, 'scope' | 'stores'>,
): readonly EventSourceMappingRecord[] {
  const found: EventSourceMappingRecord[] = [];
  let position = after;
  for (;;) {
    const mappings = stores.eventSourceMappings.list(scope, '', position, batch);
    for (const { record } of mappings) {
      if (fits(record)) found.push(record);
      if (found.length === limit) return found;
    }
    if (mappings.length < batch) return found;
    position = mappings.at(-1)?.key;
  }
}
