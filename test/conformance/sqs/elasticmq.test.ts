import { TestDaemon } from '../../kit/test-daemon.ts';
import { ElasticMq } from './elasticmq.ts';
import type { KnownDifferences } from './known-differences.ts';
import { sqsConformance } from './sqs-conformance.ts';

const differences: KnownDifferences = {
  batchChecks: 'It takes a batch without entries, and ids with spaces.',
  deletedTwice: 'It refuses the handle of a message that is deleted already.',
  refusals: 'It has other error names for most values that are out of range, and a type in place of whose fault it is.',
  sequenceNumber: 'Its sequence numbers are short.',
};

sqsConformance('ElasticMQ', () => ElasticMq.start(), differences);

sqsConformance(
  'ElasticMQ through the daemon, as AWS_ENDPOINT_URL_SQS',
  async () => {
    const peer = await ElasticMq.start();
    const daemon = await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_SQS: peer.endpoint } });
    return {
      endpoint: daemon.endpoint,
      async [Symbol.asyncDispose]() {
        await peer[Symbol.asyncDispose]();
        await daemon[Symbol.asyncDispose]();
      },
    };
  },
  differences,
);
