/** Items in the form that they have on the wire: numbers as text, bytes in base64. What is stored is never changed in place. */

export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly M?: Item;
  readonly L?: readonly AttributeValue[];
  readonly NULL?: boolean;
  readonly BOOL?: boolean;
}

export type Item = Readonly<Record<string, AttributeValue>>;

/** Who writes an item. */
export type Author = 'client' | 'time-to-live';

/** A request or an answer that holds items, as it is on the wire. */
export type RawInput = Readonly<Record<string, unknown>>;
