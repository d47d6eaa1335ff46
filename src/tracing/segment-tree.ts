/** Puts subsegments that were sent by themselves into the segments that they belong to, as X-Ray does. */
import type { SegmentDocument, Subsegment } from './segment-document.ts';

/** What belongs to nothing that is there stays by itself. Oldest first, on every level. */
export function segmentTree(documents: readonly SegmentDocument[]): readonly SegmentDocument[] {
  const parents = new Map<string, Subsegment[]>();
  const roots: SegmentDocument[] = [];
  const holders = new Map(documents.flatMap((holder) => idsOf(holder).map((id) => [id, holder] as const)));
  for (const document of documents) {
    const { type, parent_id } = document;
    const belongs = type === 'subsegment' && parent_id !== undefined && holders.has(parent_id);
    if (!belongs || isCircular(document, holders)) {
      roots.push(document);
      continue;
    }
    const { type: _type, parent_id: _parent, trace_id: _trace, ...subsegment } = document;
    const siblings = parents.get(parent_id);
    if (siblings === undefined) parents.set(parent_id, [subsegment]);
    else siblings.push(subsegment);
  }
  const complete = <Segment extends Subsegment>(segment: Segment): Segment => {
    const all = [...(segment.subsegments ?? []), ...(parents.get(segment.id) ?? [])];
    if (all.length === 0) return segment;
    return { ...segment, subsegments: all.map(complete).toSorted(byBegin) };
  };
  return roots.map(complete).toSorted(byBegin);
}

const idsOf = ({ id, subsegments }: Subsegment): readonly string[] => [id, ...(subsegments?.flatMap(idsOf) ?? [])];

const byBegin = (one: Subsegment, other: Subsegment): number => one.start_time - other.start_time;

/** Functions send what they like: also what is its own ancestor. */
function isCircular(document: SegmentDocument, holders: ReadonlyMap<string, SegmentDocument>): boolean {
  const seen = new Set<SegmentDocument>();
  for (let at: SegmentDocument | undefined = document; at?.parent_id !== undefined; at = holders.get(at.parent_id)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
