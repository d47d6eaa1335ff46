/** The older protocol of Amazon SQS: forms posted to the service or to a queue's own URL. */
import { sqs } from '../../aws/generated/sqs.ts';
import { compileAwsQuery } from '../../aws/protocol/query/aws-query.ts';
import type { ServiceProtocol } from '../../aws/protocol/service-protocol.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { membersOf, structureNamed } from '../../aws/service-table.ts';

const namespace = 'http://queue.amazonaws.com/doc/2012-11-05/';

export function compileSqsQuery(): ServiceProtocol {
  const query = compileAwsQuery(sqs, namespace);
  return {
    ...query,
    decode(operation, request) {
      const input = query.decode(operation, request) as Readonly<Record<string, unknown>>;
      const isAtQueue = input['QueueUrl'] === undefined && request.path !== '/' && takesQueueUrl(operation);
      return isAtQueue ? { ...input, QueueUrl: request.path } : input;
    },
    encodeError(error, requestId) {
      return query.encodeError(olderWords(error), requestId);
    },
  };
}

function takesQueueUrl(operation: string): boolean {
  const input = sqs.operations[operation]?.input;
  return input !== undefined && membersOf(structureNamed(sqs, input)).some(([name]) => name === 'QueueUrl');
}

/** Clients of this protocol compare texts that the newer one has changed. */
function olderWords(error: ServiceError): ServiceError {
  if (error.code !== 'QueueDoesNotExist') return error;
  return new ServiceError(error.code, 'The specified queue does not exist for this wsdl version.', error.options);
}
