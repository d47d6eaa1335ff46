/** A message that was published, and the forms in which subscribers get it. */
import type { Subscription, Topic } from '../topic.ts';

export interface NotificationAttribute {
  readonly type: string;
  /** In base64 for bytes. */
  readonly value: string;
  readonly bytes: Buffer | undefined;
}

export interface Notification {
  readonly messageId: string;
  readonly topic: Topic;
  readonly subject: string | undefined;
  /** For each protocol when it was published so, else the same for all. */
  readonly textFor: (protocol: string) => string;
  readonly attributes: ReadonlyMap<string, NotificationAttribute>;
  /** ISO 8601, with milliseconds. */
  readonly timestamp: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
  /** Scheme, host and port for the links in it. */
  readonly origin: string;
  readonly traceHeader: string | undefined;
}

const version = '2010-03-31';

/** Nobody can check signatures here: the certificate would have to be Amazon's. */
const signature = Buffer.from('lambdad').toString('base64');

const certificateUrl = (origin: string): string => `${origin}/SimpleNotificationService.pem`;

const unsubscribeUrl = ({ origin }: Notification, { arn }: Subscription): string =>
  `${origin}/?Action=Unsubscribe&Version=${version}&SubscriptionArn=${encodeURIComponent(arn)}`;

const typedAttributes = ({ attributes }: Notification) =>
  Object.fromEntries([...attributes].map(([name, { type, value }]) => [name, { Type: type, Value: value }]));

/** The document that queues and HTTP endpoints get unless they want the message raw. */
export function envelope(notification: Notification, subscription: Subscription): string {
  const { messageId, topic, subject, timestamp, sequenceNumber, origin, attributes } = notification;
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
    TopicArn: topic.arn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: notification.textFor(subscription.protocol),
    Timestamp: timestamp,
    ...(topic.isFifo ? {} : { SignatureVersion: '1', Signature: signature, SigningCertURL: certificateUrl(origin) }),
    UnsubscribeURL: unsubscribeUrl(notification, subscription),
    ...(attributes.size === 0 ? {} : { MessageAttributes: typedAttributes(notification) }),
  });
}

/** The event of a function. @see Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications" */
export const functionEvent = (notification: Notification, subscription: Subscription): Buffer =>
  Buffer.from(
    JSON.stringify({
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: subscription.arn,
          Sns: {
            Type: 'Notification',
            MessageId: notification.messageId,
            TopicArn: notification.topic.arn,
            Subject: notification.subject ?? null,
            Message: notification.textFor(subscription.protocol),
            Timestamp: notification.timestamp,
            SignatureVersion: '1',
            Signature: signature,
            SigningCertUrl: certificateUrl(notification.origin),
            UnsubscribeUrl: unsubscribeUrl(notification, subscription),
            MessageAttributes: typedAttributes(notification),
          },
        },
      ],
    }),
  );

/** What an HTTP endpoint has to answer to before it gets anything. */
export function confirmation(subscription: Subscription, messageId: string, timestamp: string, origin: string): string {
  const { topic, token = '' } = subscription;
  const link = `${origin}/?Action=ConfirmSubscription&Version=${version}&TopicArn=${encodeURIComponent(topic.arn)}&Token=${token}`;
  return JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: messageId,
    Token: token,
    TopicArn: topic.arn,
    Message: `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: link,
    Timestamp: timestamp,
    SignatureVersion: '1',
    Signature: signature,
    SigningCertURL: certificateUrl(origin),
  });
}
