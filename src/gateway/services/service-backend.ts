/** Where the requests for a service beside Lambda go. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';

export type ServiceBackend =
  | { readonly kind: 'embedded'; open(): Promise<EmbeddedService> }
  /** Passed on as they are. */
  | { readonly kind: 'elsewhere'; readonly endpoint: string }
  | { readonly kind: 'absent'; readonly reason: string };

/** @param service a name of ours, or what a signature calls a service that nobody here knows */
export type BackendOf = (service: string) => ServiceBackend;
