import { after, before } from 'node:test';
import { TestDaemon } from '../../kit/test-daemon.ts';
import { DynamodbClients } from './dynamodb-clients.ts';
import { dynamodbSuite } from './dynamodb-suite.ts';

const stack = new AsyncDisposableStack();
let clients: DynamodbClients;

before(async () => {
  const daemon = stack.use(await TestDaemon.start());
  clients = stack.use(new DynamodbClients(daemon.endpoint));
});

after(() => stack.disposeAsync());

dynamodbSuite('the embedded DynamoDB', () => clients);
