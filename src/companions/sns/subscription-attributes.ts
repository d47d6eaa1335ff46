/** What can be set on a subscription: each attribute is checked, and takes effect at once. */
import { parseArn } from '../../aws/arn.ts';
import { compilePattern, type PatternDialect } from '../../aws/event-pattern/event-pattern.ts';
import { PatternFault } from '../../aws/event-pattern/pattern-fault.ts';
import type { PatternOperator } from '../../aws/event-pattern/pattern-operators.ts';
import { invalidParameter } from './sns-faults.ts';
import type { MessageFilter, Subscription, SubscriptionProtocol } from './topic.ts';
import { checkJson } from './topic-attributes.ts';

/** Source: SNS developer guide, "Amazon SNS subscription filter policies". */
const operators: ReadonlySet<PatternOperator> = new Set<PatternOperator>([
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'anything-but',
  'numeric',
  'cidr',
]);
const ofAttributes: PatternDialect = { operators, or: true, nested: false };
const ofBody: PatternDialect = { operators, or: true, nested: true };

/** @throws ServiceError for an attribute that there is none of, or a value that it cannot have */
export function setSubscriptionAttribute(subscription: Subscription, name: string, value: string): void {
  const { attributes, protocol } = subscription;
  checkAttribute(name, value, protocol);
  const before = attributes.get(name);
  if (value === '') attributes.delete(name);
  else attributes.set(name, value);
  if (name !== 'FilterPolicy' && name !== 'FilterPolicyScope') return;
  try {
    subscription.filter = filterOf(attributes);
  } catch (error) {
    if (before === undefined) attributes.delete(name);
    else attributes.set(name, before);
    throw error;
  }
}

function checkAttribute(name: string, value: string, protocol: SubscriptionProtocol): void {
  switch (name) {
    case 'RawMessageDelivery':
      if (value !== 'true' && value !== 'false') {
        throw invalidParameter(
          `Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`,
        );
      }
      if (value === 'true' && (protocol === 'lambda' || protocol.startsWith('email') || protocol === 'sms')) {
        throw invalidParameter(
          'Attributes Reason: RawMessageDelivery: Delivery protocol does not support raw delivery',
        );
      }
      return;
    case 'FilterPolicyScope':
      if (value !== 'MessageAttributes' && value !== 'MessageBody') {
        throw invalidParameter(
          `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
      }
      return;
    case 'RedrivePolicy': {
      if (value === '') return;
      checkJson('RedrivePolicy', value);
      if (deadLetterQueueOf(value) === undefined) {
        throw invalidParameter('RedrivePolicy: deadLetterTargetArn is an invalid arn');
      }
      return;
    }
    case 'DeliveryPolicy':
      if (value !== '') checkJson(name, value);
      return;
    case 'FilterPolicy':
    case 'SubscriptionRoleArn':
    case 'ReplayPolicy':
      return;
    default:
      throw invalidParameter('AttributeName');
  }
}

export function deadLetterQueueOf(redrivePolicy: string): string | undefined {
  const policy: unknown = JSON.parse(redrivePolicy);
  const arn: unknown =
    typeof policy === 'object' && policy !== null ? Reflect.get(policy, 'deadLetterTargetArn') : undefined;
  return typeof arn === 'string' && parseArn(arn)?.service === 'sqs' ? arn : undefined;
}

/** An empty policy lets everything through. */
function filterOf(attributes: ReadonlyMap<string, string>): MessageFilter | undefined {
  const text = attributes.get('FilterPolicy');
  if (text === undefined || text === '' || text === '{}') return undefined;
  const scope = attributes.get('FilterPolicyScope') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalidParameter('FilterPolicy: failed to parse JSON.');
  }
  try {
    return { scope, fits: compilePattern(policy, scope === 'MessageBody' ? ofBody : ofAttributes) };
  } catch (error) {
    if (error instanceof PatternFault) throw invalidParameter(`FilterPolicy: ${error.message}`);
    throw error;
  }
}

export function subscriptionAttributes(subscription: Subscription): Record<string, string> {
  const { arn, topic, owner, protocol, endpoint, token, attributes, filter } = subscription;
  return {
    RawMessageDelivery: 'false',
    ...Object.fromEntries(attributes),
    ...(filter === undefined ? {} : { FilterPolicyScope: filter.scope }),
    SubscriptionArn: arn,
    TopicArn: topic.arn,
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    PendingConfirmation: String(token !== undefined),
    ConfirmationWasAuthenticated: String(token === undefined),
    SubscriptionPrincipal: `arn:${topic.scope.partition}:iam::${owner}:root`,
  };
}
