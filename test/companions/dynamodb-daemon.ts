/** A daemon with clients of its DynamoDB. */
import { DynamodbClients } from '../conformance/dynamodb/dynamodb-clients.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

export async function startDynamodb() {
  const daemon = await TestDaemon.start();
  const clients = new DynamodbClients(daemon.endpoint);
  return {
    daemon,
    clients,
    tables: clients.tables,
    async [Symbol.asyncDispose]() {
      clients[Symbol.dispose]();
      await daemon[Symbol.asyncDispose]();
    },
  };
}
