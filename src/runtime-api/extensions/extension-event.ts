/** What extensions are told. Source: Lambda developer guide, "Using the Lambda Extensions API", "Event payload". */
import type { Milliseconds } from '../../kernel/quantity.ts';

export const extensionEventTypes = ['INVOKE', 'SHUTDOWN'] as const;
export type ExtensionEventType = (typeof extensionEventTypes)[number];

/** As AWS writes them on the wire; its guide shows them in capitals. */
export type ShutdownReason = 'spindown' | 'timeout' | 'failure';

/** Its members are those of the JSON that the extension gets. */
export type ExtensionEvent =
  | {
      readonly eventType: 'INVOKE';
      /** Milliseconds since the epoch. */
      readonly deadlineMs: Milliseconds;
      readonly requestId: string;
      readonly invokedFunctionArn: string;
      readonly tracing: { readonly type: 'X-Amzn-Trace-Id'; readonly value: string };
    }
  | {
      readonly eventType: 'SHUTDOWN';
      readonly shutdownReason: ShutdownReason;
      /** Milliseconds since the epoch. */
      readonly deadlineMs: Milliseconds;
    };

export const isExtensionEventType = (text: unknown): text is ExtensionEventType =>
  extensionEventTypes.some((type) => type === text);
