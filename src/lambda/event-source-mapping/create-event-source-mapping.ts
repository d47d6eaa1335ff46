/** Creates a mapping between an event source and a function. */
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { checkTags } from '../tag/tag-rules.ts';
import { type EventSource, recognisedSource } from './event-source.ts';
import { mappingArn, mappingOutput } from './event-source-mapping-output.ts';
import { requireMappedFunction } from './mapped-function.ts';
import { checkNamedSettings, checkSettings } from './mapping-rules.ts';
import { newSettings, settingsIn } from './mapping-settings.ts';
import { traitsOf } from './source-traits.ts';
import { requireUnique } from './unique-mapping.ts';

/**
 * `CreateEventSourceMapping`; the reply shows it as Creating, whatever becomes of it.
 * @throws ServiceError InvalidParameterValueException for an unknown kind of source, for settings that it does not
 * have, for a function or source that does not exist; ResourceConflictException when there is such a mapping.
 * @see AWS Lambda API reference, CreateEventSourceMapping
 */
export const createEventSourceMapping: LambdaOperation<'CreateEventSourceMapping'> = async (input, call) => {
  const { scope, random, clock, mappings } = call;
  const source = recognisedSource(input);
  const uuid = random.uuid();
  const settings = newSettings(source, uuid, input);
  checkNamedSettings(source, settingsIn(input));
  checkSettings(source, settings, clock.now());
  if (input.Tags !== undefined) checkTags(input.Tags);
  requireMappedFunction(input.FunctionName, call);
  await requireExistingSource(source, call);
  // From here on nothing waits: while the source was looked for, much may have happened.
  const target = requireMappedFunction(input.FunctionName, call);
  requireUnique({ source, target, settings, uuid }, call);
  const mapping = mappings.begin({
    uuid,
    scope,
    arn: mappingArn(scope, uuid),
    source,
    target,
    wanted: input.Enabled === false ? 'disabled' : 'enabled',
    state: 'Creating',
    stateTransitionReason: traitsOf(source).userAction,
    lastModified: clock.now(),
    settings,
    tags: input.Tags ?? {},
  });
  return mappingOutput(mapping);
};

async function requireExistingSource(source: EventSource, { sourceExistence, signal }: LambdaCall): Promise<void> {
  if ((await sourceExistence.check(source, signal)) !== 'missing') return;
  if (source.kind === 'kinesis' || source.kind === 'dynamodb') {
    throw invalidParameterValue(`Stream not found: ${source.arn}`);
  }
  if (source.kind === 'sqs') {
    throw invalidParameterValue(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
  }
}
