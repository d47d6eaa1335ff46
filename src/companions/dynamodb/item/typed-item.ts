/** Items as the types of the API have them: bytes as bytes. */
import type { DynamodbStreamsOperations } from '../../../aws/generated/dynamodb-streams-operations.ts';
import type { AttributeValue, Item } from './item.ts';

type Records = NonNullable<DynamodbStreamsOperations['GetRecords']['output']['Records']>;
type TypedItem = NonNullable<NonNullable<Records[number]['dynamodb']>['Keys']>;
type TypedValue = TypedItem[string];

export const typedItem = (item: Item): TypedItem =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, typedValue(value)]));

function typedValue(value: AttributeValue): TypedValue {
  const { B, BS, M, L } = value;
  if (B !== undefined) return { B: Buffer.from(B, 'base64') };
  if (BS !== undefined) return { BS: BS.map((bytes) => Buffer.from(bytes, 'base64')) };
  if (M !== undefined) return { M: typedItem(M) };
  if (L !== undefined) return { L: L.map(typedValue) };
  // Text, numbers and truth values are the same in both.
  return value as TypedValue;
}
