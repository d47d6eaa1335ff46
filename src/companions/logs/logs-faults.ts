/** The refusals of CloudWatch Logs, as it words them, and what is looked up with them. */
import type { Scope } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { LogGroup, LogStream } from './log-group.ts';
import type { LogStore } from './log-store.ts';

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message);

export const alreadyExists = (what: string): ServiceError =>
  new ServiceError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);

interface NamesGroup {
  readonly logGroupName?: string | undefined;
  /** A name or an ARN. */
  readonly logGroupIdentifier?: string | undefined;
}

/** @throws ServiceError unless one of the two names a group that is there */
export function requireGroup(
  store: LogStore,
  scope: Scope,
  { logGroupName, logGroupIdentifier }: NamesGroup,
): LogGroup {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier has to be given.');
  }
  const group = store.find(scope, logGroupName ?? groupNameIn(logGroupIdentifier ?? ''));
  if (group === undefined) throw resourceNotFound('The specified log group does not exist.');
  return group;
}

/** Of `arn:aws:logs:us-east-1:123456789012:log-group:name:*`, or of a name. */
export const groupNameIn = (identifier: string): string =>
  identifier.startsWith('arn:') ? (identifier.split(':')[6] ?? '') : identifier;

/** @throws ServiceError */
export function requireStream(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name);
  if (stream === undefined) throw resourceNotFound('The specified log stream does not exist.');
  return stream;
}
