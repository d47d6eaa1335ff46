/** Changes an event source mapping: what the request names replaces, the rest stays, the source too. */
import type { LambdaOperation } from '../lambda-call.ts';
import { mappingOutput } from './event-source-mapping-output.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';
import { type MappingState, transition } from './event-source-mapping-state.ts';
import { requireMappedFunction } from './mapped-function.ts';
import { checkNamedSettings, checkSettings } from './mapping-rules.ts';
import { changedSettings, settingsIn } from './mapping-settings.ts';
import { requireSettledMapping } from './require-event-source-mapping.ts';
import { requireUnique } from './unique-mapping.ts';

/**
 * `UpdateEventSourceMapping`; the reply shows it as Enabling, Disabling or Updating.
 * @throws ServiceError ResourceNotFoundException, ResourceInUseException while an earlier change is under way,
 * InvalidParameterValueException, ResourceConflictException when the function has a mapping for the source already.
 * @see AWS Lambda API reference, UpdateEventSourceMapping
 */
export const updateEventSourceMapping: LambdaOperation<'UpdateEventSourceMapping'> = (input, call) => {
  const current = requireSettledMapping(input.UUID, 'update', call);
  const { source, uuid } = current;
  const settings = changedSettings(current.settings, input);
  checkNamedSettings(source, settingsIn(input));
  checkSettings(source, settings, call.clock.now());
  const target = input.FunctionName === undefined ? current.target : requireMappedFunction(input.FunctionName, call);
  requireUnique({ source, target, settings, uuid }, call);
  const wanted = input.Enabled === undefined ? current.wanted : input.Enabled ? 'enabled' : 'disabled';
  const state = transition(current.state, next(current, wanted));
  return mappingOutput(call.mappings.begin({ ...current, target, settings, wanted, state }));
};

function next({ state }: EventSourceMappingRecord, wanted: EventSourceMappingRecord['wanted']): MappingState {
  if (state === 'Enabled' && wanted === 'disabled') return 'Disabling';
  if (state === 'Disabled' && wanted === 'enabled') return 'Enabling';
  return 'Updating';
}
