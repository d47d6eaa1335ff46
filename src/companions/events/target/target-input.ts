/** What a target gets of an event: all of it, a constant, a part, or what a template makes of it. */
import { isoTimestamp } from '../../../kernel/timestamp.ts';
import type { Rule, Target } from '../bus/event-bus.ts';
import type { BusEvent } from '../bus-event.ts';
import { fillTemplate } from './input-template.ts';
import { parsePath } from './json-path.ts';

export function inputOf(target: Target, rule: Rule, event: BusEvent): string {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) return partOf(event, InputPath);
  if (InputTransformer === undefined) return event.text;
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  const predefined = predefinedValues(rule, event);
  return fillTemplate(InputTemplate, (name) => {
    if (Object.hasOwn(predefined, name)) return predefined[name];
    const path = Object.hasOwn(InputPathsMap, name) ? InputPathsMap[name] : undefined;
    return path === undefined ? undefined : parsePath(path)?.(event.value);
  });
}

/** The usual parts are passed on as they came. */
function partOf(event: BusEvent, path: string): string {
  if (path === '$') return event.text;
  if (path === '$.detail') return event.detailText;
  return JSON.stringify(parsePath(path)?.(event.value) ?? null);
}

export const predefinedVariables: readonly string[] = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event',
  'aws.events.event.json',
  'aws.events.event.ingestion-time',
];

/** @see Amazon EventBridge user guide, "Input transformation", predefined variables */
function predefinedValues(rule: Rule, event: BusEvent): Readonly<Record<string, unknown>> {
  const { detail: _detail, ...withoutDetail } = event.value;
  return {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event': withoutDetail,
    'aws.events.event.json': event.value,
    'aws.events.event.ingestion-time': isoTimestamp(event.received),
  };
}
