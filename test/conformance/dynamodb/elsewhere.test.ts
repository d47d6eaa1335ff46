/** The same suite against a DynamoDB that others wrote, through the daemon, which sends on what is for it and for its streams. */
import { after, before } from 'node:test';
import { TestDaemon } from '../../kit/test-daemon.ts';
import { DynamodbClients } from './dynamodb-clients.ts';
import { dynamodbSuite } from './dynamodb-suite.ts';
import { MotoServer } from './moto-server.ts';

const stack = new AsyncDisposableStack();
let clients: DynamodbClients;

before(async () => {
  const moto = stack.use(await MotoServer.start());
  // Streams are where their tables are, as nothing else is said.
  const daemon = stack.use(await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_DYNAMODB: moto.endpoint } }));
  clients = stack.use(new DynamodbClients(daemon.endpoint));
});

after(() => stack.disposeAsync());

/** Where moto does otherwise than AWS's documentation says. */
const differences = {
  'indexes answer with what is projected into them, in their own order, and follow changes':
    'moto fetches nothing from the table for a local index',
  'a transaction that comes again under its token is not carried out again': 'moto reads no token',
  'a write that changes nothing is not in the stream': 'moto records it',
  'a stream that is switched off can be read to its end': 'moto answers with a page of its own fault',
};

dynamodbSuite('moto behind AWS_ENDPOINT_URL_DYNAMODB', () => clients, differences);
