/** Hands an event to a target, once. */
import { parseArn } from '../../../aws/arn.ts';
import type { ServiceClients } from '../../../aws/clients/service-clients.ts';
import { accountId, region, type Scope, scopeOf } from '../../../aws/scope.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/random.ts';
import type { FunctionTarget } from '../../function-target.ts';
import type { QueueSender } from '../../queue-sender.ts';
import type { Rule, Target } from '../bus/event-bus.ts';
import type { BusEvent } from '../bus-event.ts';
import { parsePath } from './json-path.ts';
import { RefusedByTarget } from './target-failure.ts';
import { inputOf } from './target-input.ts';
import { targetKind } from './target-kind.ts';

export interface TargetSenderDeps {
  readonly clients: ServiceClients;
  readonly queues: QueueSender;
  readonly functions: FunctionTarget;
  readonly clock: Clock;
  readonly random: Random;
  /** Puts an event on another bus; false when there is none. */
  readonly forward: (busArn: string, event: BusEvent) => boolean;
}

export class TargetSender {
  readonly #deps: TargetSenderDeps;

  constructor(deps: TargetSenderDeps) {
    this.#deps = deps;
  }

  /** @throws RefusedByTarget, or an error that another attempt may mend */
  async send(rule: Rule, target: Target, event: BusEvent, signal: AbortSignal): Promise<void> {
    const input = inputOf(target, rule, event);
    const { Arn } = target;
    const kind = targetKind(Arn);
    switch (kind) {
      case 'lambda':
        return this.#invoke(rule, Arn, input, event);
      case 'sqs': {
        const groupId = target.SqsParameters?.MessageGroupId;
        return this.#deps.queues.send(Arn, { body: input, groupId, traceHeader: event.traceHeader });
      }
      case 'sns':
        return this.#publish(Arn, input, signal);
      case 'logs':
        return this.#log(Arn, input, signal);
      case 'kinesis':
        return this.#putRecord(target, input, event, signal);
      case 'event-bus':
        return this.#forward(Arn, event);
      case 'other':
        throw new RefusedByTarget('NO_RESOURCE', `nothing here delivers to ${Arn}`);
    }
  }

  async #invoke(rule: Rule, functionArn: string, input: string, { traceHeader }: BusEvent): Promise<void> {
    const delivery = await this.#deps.functions.deliver({
      functionArn,
      payload: Buffer.from(input),
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
      traceHeader,
    });
    if (delivery.kind === 'accepted') return;
    switch (delivery.reason) {
      case 'not-found':
        throw new RefusedByTarget('NO_RESOURCE', delivery.message);
      case 'not-permitted':
        throw new RefusedByTarget('NO_PERMISSIONS', delivery.message);
      case 'unavailable':
        throw new Error(delivery.message);
    }
  }

  async #publish(topicArn: string, input: string, abortSignal: AbortSignal): Promise<void> {
    const { PublishCommand } = await import('@aws-sdk/client-sns');
    const client = await this.#deps.clients.sns(scopeOfArn(topicArn));
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: input }), { abortSignal });
  }

  /** A stream for each event, as AWS has it. A template may say the time of the line. */
  async #log(groupArn: string, input: string, abortSignal: AbortSignal): Promise<void> {
    const { CreateLogStreamCommand, PutLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    const client = await this.#deps.clients.logs(scopeOfArn(groupArn));
    const logGroupName = (parseArn(groupArn)?.resource ?? '').replace(/^log-group:/, '').replace(/:\*$/, '');
    const logStreamName = this.#deps.random.uuid();
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }), { abortSignal });
    const line = timedLine(input) ?? { timestamp: this.#deps.clock.now(), message: input };
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [line] }), { abortSignal });
  }

  async #putRecord(target: Target, input: string, event: BusEvent, abortSignal: AbortSignal): Promise<void> {
    const { PutRecordCommand } = await import('@aws-sdk/client-kinesis');
    const client = await this.#deps.clients.kinesis(scopeOfArn(target.Arn));
    const path = target.KinesisParameters?.PartitionKeyPath;
    const key = path === undefined ? event.id : parsePath(path)?.(event.value);
    const command = new PutRecordCommand({
      StreamARN: target.Arn,
      StreamName: (parseArn(target.Arn)?.resource ?? '').replace(/^stream\//, ''),
      Data: Buffer.from(input),
      PartitionKey: typeof key === 'string' ? key : JSON.stringify(key ?? event.id),
    });
    await client.send(command, { abortSignal });
  }

  /** An event goes from one bus to another once. Source: EventBridge user guide, "Sending events between event buses". */
  async #forward(busArn: string, event: BusEvent): Promise<void> {
    if (event.hops > 0) throw new RefusedByTarget('INVALID_PARAMETER', 'an event is sent on to one other bus only');
    if (!this.#deps.forward(busArn, { ...event, hops: event.hops + 1 })) {
      throw new RefusedByTarget('NO_RESOURCE', `there is no event bus ${busArn}`);
    }
  }
}

function scopeOfArn(text: string): Scope {
  const arn = parseArn(text);
  return scopeOf(accountId(arn?.account ?? ''), region(arn?.region ?? ''));
}

/** `{"timestamp": 1750000000000, "message": "text"}` */
function timedLine(input: string): { timestamp: number; message: string } | undefined {
  try {
    const value: unknown = JSON.parse(input);
    if (typeof value !== 'object' || value === null) return undefined;
    const { timestamp, message, ...others } = value as Readonly<Record<string, unknown>>;
    const isLine = typeof timestamp === 'number' && message !== undefined && Object.keys(others).length === 0;
    return isLine ? { timestamp, message: typeof message === 'string' ? message : JSON.stringify(message) } : undefined;
  } catch {
    return undefined;
  }
}
