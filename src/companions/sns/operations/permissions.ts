/** The operations on a topic's policy, statement by statement; the policy is kept and shown, nothing here evaluates it. */
import { invalidParameter } from '../sns-faults.ts';
import type { Topic } from '../topic.ts';
import { topicAttributes } from '../topic-attributes.ts';
import type { TopicStore } from '../topic-store.ts';
import type { SnsOperation } from './sns-operation.ts';

interface Statement {
  readonly Sid?: string;
}

interface Policy {
  readonly Statement: readonly Statement[];
}

const policyOf = (topic: Topic): Policy => JSON.parse(topicAttributes(topic)['Policy'] ?? '{"Statement":[]}') as Policy;

export const addPermission =
  (store: TopicStore): SnsOperation<'AddPermission'> =>
  ({ TopicArn, Label, AWSAccountId, ActionName }, { scope }) => {
    const topic = store.require(TopicArn);
    const policy = policyOf(topic);
    if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalidParameter('Statement already exists');
    const statement = {
      Sid: Label,
      Effect: 'Allow',
      Principal: { AWS: AWSAccountId.map((account) => `arn:${scope.partition}:iam::${account}:root`) },
      Action: ActionName.map((action) => `SNS:${action}`),
      Resource: TopicArn,
    };
    topic.attributes.set('Policy', JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] }));
    return {};
  };

export const removePermission =
  (store: TopicStore): SnsOperation<'RemovePermission'> =>
  ({ TopicArn, Label }) => {
    const topic = store.require(TopicArn);
    const policy = policyOf(topic);
    const Statement = policy.Statement.filter(({ Sid }) => Sid !== Label);
    topic.attributes.set('Policy', JSON.stringify({ ...policy, Statement }));
    return {};
  };
