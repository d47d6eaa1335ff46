/** Posts to HTTP endpoints, as SNS does. */
import type { Subscription } from '../topic.ts';

export interface HttpPost {
  readonly type: 'Notification' | 'SubscriptionConfirmation';
  readonly messageId: string;
  readonly body: string;
  readonly isRaw: boolean;
}

/** How long an endpoint may take. Source: SNS developer guide, "HTTP/HTTPS endpoints". */
const patience = 15_000;

/** @throws Error when the endpoint does not answer with success */
export async function postTo(subscription: Subscription, post: HttpPost, signal: AbortSignal): Promise<void> {
  const { topic, arn, endpoint } = subscription;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
      'x-amz-sns-message-type': post.type,
      'x-amz-sns-message-id': post.messageId,
      'x-amz-sns-topic-arn': topic.arn,
      ...(post.type === 'Notification' ? { 'x-amz-sns-subscription-arn': arn } : {}),
      ...(post.isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    },
    body: post.body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${endpoint} answered ${answer.status}`);
}
