/** The mapping that a request names, or AWS's error. */
import { ServiceError } from '../../aws/service-error.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';
import { isOnItsWay } from './event-source-mapping-state.ts';

/** @throws ServiceError ResourceNotFoundException */
export function requireMapping(uuid: string, { scope, stores }: LambdaCall): EventSourceMappingRecord {
  const mapping = stores.eventSourceMappings.find(scope, uuid);
  if (mapping === undefined) throw resourceNotFound('The resource you requested does not exist.');
  return mapping;
}

/** @throws ServiceError ResourceNotFoundException, ResourceInUseException while another change is under way. */
export function requireSettledMapping(
  uuid: string,
  verb: 'update' | 'delete',
  call: LambdaCall,
): EventSourceMappingRecord {
  const mapping = requireMapping(uuid, call);
  if (!isOnItsWay(mapping.state)) return mapping;
  throw new ServiceError('ResourceInUseException', `Cannot ${verb} the event source mapping because it is in use.`);
}
