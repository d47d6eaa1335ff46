import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  GetTopicAttributesCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  SNSClient,
  type SNSServiceException,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { iam } from '../../generated/iam.ts';
import { sns } from '../../generated/sns.ts';
import { ServiceError } from '../../service-error.ts';
import type { ServiceTable } from '../../service-table.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import type { ServiceProtocol, ServiceRequest } from '../service-protocol.ts';
import { compileAwsQuery } from './aws-query.ts';
import { formTree } from './form-tree.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What the SDK sends is decoded, and what `answer` returns is sent back to it. */
function peer(table: ServiceTable, answer: (operation: string, protocol: ServiceProtocol) => EncodedResponse) {
  const protocol = compileAwsQuery(table);
  const inputs: unknown[] = [];
  const requestHandler = {
    metadata: { handlerProtocol: 'test' },
    async handle({ body, headers }: { body: string; headers: Record<string, string> }) {
      const bytes = Buffer.from(body);
      const request: ServiceRequest = { method: 'POST', path: '/', rawQuery: '', headers, body: bytes };
      const operation = protocol.operationOf(request) ?? '';
      inputs.push(protocol.decode(operation, request));
      const { status, headers: sent, body: content } = answer(operation, protocol);
      return { response: { statusCode: status, headers: { ...sent }, body: content } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
  return { inputs, options: { region: 'us-east-1', credentials, requestHandler, maxAttempts: 1 } };
}

test('structures, lists, maps and blobs of a form arrive as the SDK was given them', async () => {
  const { inputs, options } = peer(sns, (operation, protocol) => protocol.encode(operation, {}, 'request-1'));
  const client = new SNSClient(options);
  const MessageAttributes = {
    colour: { DataType: 'String', StringValue: 'r&d="<ü>' },
    raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
  };
  const PublishBatchRequestEntries = [
    { Id: 'a', Message: 'first', MessageAttributes },
    { Id: 'b', Message: 'second' },
  ];
  await client.send(new PublishBatchCommand({ TopicArn: 'arn:t', PublishBatchRequestEntries }));
  await client.send(
    new SubscribeCommand({ TopicArn: 'arn:t', Protocol: 'sqs', Attributes: { RawMessageDelivery: 'true' } }),
  );
  const raw = { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) };
  const [first, second] = PublishBatchRequestEntries;
  assert.deepEqual(inputs, [
    {
      TopicArn: 'arn:t',
      PublishBatchRequestEntries: [{ ...first, MessageAttributes: { ...MessageAttributes, raw } }, second],
    },
    { TopicArn: 'arn:t', Protocol: 'sqs', Attributes: { RawMessageDelivery: 'true' } },
  ]);
});

test('an answer in XML is read by the SDK as it was meant', async () => {
  const Topics = [{ TopicArn: 'arn:<1>' }, { TopicArn: 'arn:&2' }];
  const outputs: Record<string, unknown> = {
    ListTopics: { Topics, NextToken: ' next ' },
    GetTopicAttributes: { Attributes: { Policy: '{"a":"\n\r"}', Owner: '1' } },
  };
  const { options } = peer(sns, (operation, protocol) => protocol.encode(operation, outputs[operation], 'request-1'));
  const client = new SNSClient(options);
  const { $metadata: _metadata, ...listed } = await client.send(new ListTopicsCommand({}));
  assert.deepEqual(listed, outputs['ListTopics']);
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: 'arn:t' }));
  assert.deepEqual(Attributes, { Policy: '{"a":"\n\r"}', Owner: '1' });
});

test('timestamps and nested lists of an answer keep their values', async () => {
  const Role = {
    Path: '/',
    RoleName: 'r',
    RoleId: 'AROA',
    Arn: 'arn:aws:iam::000000000000:role/r',
    CreateDate: new Date('2026-01-02T03:04:05Z'),
    Tags: [{ Key: 'a', Value: '' }],
  };
  const { inputs, options } = peer(iam, (operation, protocol) => protocol.encode(operation, { Role }, 'request-1'));
  const input = { RoleName: 'r', AssumeRolePolicyDocument: '{}', MaxSessionDuration: 3600, Tags: Role.Tags };
  const answer = await new IAMClient(options).send(new CreateRoleCommand(input));
  assert.deepEqual(answer.Role, Role);
  assert.deepEqual(inputs, [input]);
});

test('an error is known to the SDK by its older code, with its text', async () => {
  const { options } = peer(sns, (_, protocol) =>
    protocol.encodeError(new ServiceError('NotFoundException', 'Topic <x> does not exist'), 'request-1'),
  );
  await assert.rejects(new SNSClient(options).send(new ListTopicsCommand({})), (error: SNSServiceException) => {
    assert.equal(error.name, 'NotFoundException');
    assert.equal(error.message, 'Topic <x> does not exist');
    assert.equal(error.$metadata.httpStatusCode, 404);
    return true;
  });
});

test('any fields make a tree or are refused, and keep their values', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (fields) => {
      const protocol = compileAwsQuery(sns);
      const body = Buffer.from(new URLSearchParams([...fields, ['Action', 'Publish']]).toString());
      const request: ServiceRequest = { method: 'POST', path: '/', rawQuery: '', headers: {}, body };
      try {
        protocol.decode('Publish', request);
      } catch (error) {
        assert.ok(error instanceof ServiceError);
      }
    }),
  );
  const tree = formTree(new URLSearchParams('A.member.2=b&A.member.1=a&A.member.1=later&__proto__.x=1'));
  assert.deepEqual(tree.children.get('A')?.children.get('member')?.children.get('1')?.value, 'a');
});
