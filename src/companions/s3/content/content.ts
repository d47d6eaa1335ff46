/** What an object holds: pieces of stored bytes, one after the other; copies and parts share them. */
import type { StoredBytes } from './stored-bytes.ts';

export interface Segment {
  readonly stored: StoredBytes;
  readonly start: number;
  readonly length: number;
}

export interface Content {
  readonly size: number;
  readonly segments: readonly Segment[];
}

export const contentOf = (stored: StoredBytes): Content => ({
  size: stored.size,
  segments: [{ stored, start: 0, length: stored.size }],
});

/** The uses that the pieces hold become the whole's. */
export const joined = (contents: readonly Content[]): Content => ({
  size: contents.reduce((sum, { size }) => sum + size, 0),
  segments: contents.flatMap(({ segments }) => segments),
});

/** A part of it, or all, with uses of its own. */
export function shared(content: Content, start = 0, length = content.size): Content {
  const segments = slices(content, start, length);
  for (const { stored } of segments) stored.retain();
  return { size: length, segments };
}

export function release({ segments }: Content): void {
  for (const { stored } of segments) stored.release();
}

export async function* readContent(content: Content, start = 0, length = content.size): AsyncGenerator<Buffer> {
  for (const { stored, start: from, length: size } of slices(content, start, length)) yield* stored.read(from, size);
}

function slices({ segments }: Content, start: number, length: number): readonly Segment[] {
  const end = start + length;
  let position = 0;
  return segments.flatMap((segment) => {
    const from = Math.max(start, position);
    const to = Math.min(end, position + segment.length);
    const offset = from - position;
    position += segment.length;
    return from < to ? [{ stored: segment.stored, start: segment.start + offset, length: to - from }] : [];
  });
}
