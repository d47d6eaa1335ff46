/** Checks targets before a rule takes them. */
import { parseArn } from '../../../aws/arn.ts';
import type { Rule, Target } from '../bus/event-bus.ts';
import { invalid, limitExceeded } from '../events-faults.ts';
import { isJson, isTemplate, variablesOf } from './input-template.ts';
import { parsePath } from './json-path.ts';
import { predefinedVariables } from './target-input.ts';
import { targetKind } from './target-kind.ts';

/** Source: EventBridge user guide, "Amazon EventBridge quotas". */
const mostTargets = 5;

/** @throws ServiceError */
export function checkTargets(rule: Rule, targets: readonly Target[]): void {
  for (const target of targets) {
    checkDestination(rule, target);
    checkInput(target);
  }
  if (new Set([...rule.targets.keys(), ...targets.map(({ Id }) => Id)]).size > mostTargets) throw limitExceeded();
}

function checkDestination(rule: Rule, { Id, Arn, SqsParameters, RoleArn, DeadLetterConfig }: Target): void {
  const arn = parseArn(Arn);
  if (arn === undefined) {
    throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  const kind = targetKind(Arn);
  if (kind === 'sqs' && arn.resource.endsWith('.fifo') && SqsParameters?.MessageGroupId === undefined) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  }
  if (kind === 'kinesis' && RoleArn === undefined) throw invalid(`RoleArn is required for target ${Arn}.`);
  if (kind === 'event-bus' && Arn === rule.bus.arn) {
    throw invalid(`Parameter ${Arn} is not valid. Reason: Source and destination event bus must not be the same.`);
  }
  const queue = DeadLetterConfig?.Arn;
  if (queue !== undefined && parseArn(queue)?.service !== 'sqs') {
    throw invalid(`Parameter ${queue} is not valid. Reason: Dead-letter queue must be an SQS queue.`);
  }
}

function checkInput({ Id, Input, InputPath, InputTransformer, KinesisParameters }: Target): void {
  if ([Input, InputPath, InputTransformer].filter((input) => input !== undefined).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in input for target ${Id}`);
  for (const path of [InputPath, KinesisParameters?.PartitionKeyPath]) {
    if (path !== undefined && parsePath(path) === undefined) throw invalid(`InputPath for target ${Id} is invalid.`);
  }
  if (InputTransformer === undefined) return;
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (name.toLowerCase().startsWith('aws')) {
      throw invalid(`InputPathsMap for target ${Id} contains a reserved variable name: ${name}.`);
    }
    if (parsePath(path) === undefined) throw invalid(`InputPath for target ${Id} is invalid.`);
  }
  const known = new Set([...Object.keys(InputPathsMap), ...predefinedVariables]);
  const unknown = variablesOf(InputTemplate).find((name) => !known.has(name));
  if (unknown !== undefined) throw invalid(`InputTemplate for target ${Id} contains invalid placeholder ${unknown}.`);
  if (!isTemplate(InputTemplate)) throw invalid(`Invalid InputTemplate for target ${Id}.`);
}
