/** One thing that is true of every DynamoDB. */
import type { DynamodbClients } from './dynamodb-clients.ts';

export interface DynamodbCase {
  readonly title: string;
  readonly run: (clients: DynamodbClients) => Promise<void>;
}
