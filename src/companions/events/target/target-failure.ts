/** Why a target did not take an event, with EventBridge's code for it; whether another attempt may mend it. */
import { ServiceAbsent } from '../../../aws/clients/service-clients.ts';
import { Undeliverable } from '../../delivery-lines.ts';

/** @see Amazon EventBridge user guide, "Using dead-letter queues to process undelivered events" */
export type TargetFailureCode =
  | 'NO_RESOURCE'
  | 'NO_PERMISSIONS'
  | 'INVALID_PARAMETER'
  | 'THROTTLING'
  | 'CONNECTION_FAILURE'
  | 'ERROR_FROM_TARGET';

/** Another attempt cannot mend it. */
export class RefusedByTarget extends Undeliverable {
  readonly code: TargetFailureCode;

  constructor(code: TargetFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What an SDK's client threw, as Undeliverable where that is so. */
export function targetFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RefusedByTarget) return error;
  if (error instanceof ServiceAbsent) return new RefusedByTarget('NO_RESOURCE', error.message, error);
  const status = statusOf(error);
  if (status === undefined || status >= 500 || isThrottling(error)) return error;
  if (/NotFound|NonExistent|DoesNotExist/i.test(error.name)) {
    return new RefusedByTarget('NO_RESOURCE', error.message, error);
  }
  if (/AccessDenied|Unauthorized|Forbidden/i.test(error.name)) {
    return new RefusedByTarget('NO_PERMISSIONS', error.message, error);
  }
  return new RefusedByTarget('INVALID_PARAMETER', error.message, error);
}

export function failureCode(error: unknown): TargetFailureCode {
  if (error instanceof RefusedByTarget) return error.code;
  if (!(error instanceof Error)) return 'ERROR_FROM_TARGET';
  if (isThrottling(error)) return 'THROTTLING';
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? 'CONNECTION_FAILURE' : 'ERROR_FROM_TARGET';
}

const isThrottling = (error: Error): boolean =>
  statusOf(error) === 429 || /Throttl|TooManyRequests|ThroughputExceeded/.test(error.name);

function statusOf(error: Error): number | undefined {
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
}
