/** What a target is, by its ARN. */
import { parseArn } from '../../../aws/arn.ts';

/** `other` is kept and shown, for those who describe more than a machine can run; nothing is delivered to it. */
export type TargetKind = 'lambda' | 'sqs' | 'sns' | 'logs' | 'kinesis' | 'event-bus' | 'other';

export function targetKind(arn: string): TargetKind {
  const { service, resource = '' } = parseArn(arn) ?? {};
  switch (service) {
    case 'sqs':
    case 'sns':
      return service;
    case 'lambda':
      return resource.startsWith('function:') ? 'lambda' : 'other';
    case 'logs':
      return resource.startsWith('log-group:') ? 'logs' : 'other';
    case 'kinesis':
      return resource.startsWith('stream/') ? 'kinesis' : 'other';
    case 'events':
      return resource.startsWith('event-bus/') ? 'event-bus' : 'other';
    default:
      return 'other';
  }
}
