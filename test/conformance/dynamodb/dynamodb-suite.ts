/** The conformance suite of DynamoDB, through the real SDK, for the embedded service and for one that others wrote. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DynamodbClients } from './dynamodb-clients.ts';
import { itemCases } from './item-cases.ts';
import { streamCases } from './stream-cases.ts';
import { transactionCases } from './transaction-cases.ts';

/**
 * @param clients are asked for at the first test
 * @param differences by title: why a case fails there, and is expected to
 */
export function dynamodbSuite(
  name: string,
  clients: () => DynamodbClients,
  differences: Readonly<Record<string, string>> = {},
): void {
  suite(name, () => {
    for (const { title, run } of [...itemCases, ...transactionCases, ...streamCases]) {
      const difference = differences[title];
      if (difference === undefined) test(title, () => run(clients()));
      else test(`differs: ${title} (${difference})`, () => assert.rejects(run(clients())));
    }
  });
}
