/** Calls operations of the Lambda API as a client in one region. */
import type { CliContext } from '../cli-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { callDaemon, type DaemonResponse } from '../daemon-client.ts';
import { apiErrorText } from '../invocation-answer.ts';

export interface LambdaRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the version of the API before it, as in `2015-03-31/functions`. */
  readonly path: string;
  readonly body?: object;
}

export class LambdaApi {
  readonly region: string;
  readonly #endpoint: URL;
  readonly #signal: AbortSignal;

  /** @param signal ends what is asked, and waits for nothing any more */
  constructor(endpoint: URL, { environment }: CliContext, region: string | undefined, signal: AbortSignal) {
    this.#endpoint = endpoint;
    this.#signal = signal;
    this.region = region ?? (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1');
  }

  /** @throws CommandFailure when no daemon answers or the API refuses with anything but a conflict. */
  async call(request: LambdaRequest): Promise<'conflict' | Readonly<Record<string, unknown>>> {
    const answer = await this.#send(request, this.#signal);
    if (answer.status === 409) return 'conflict';
    if (answer.status >= 400) throw new CommandFailure(apiErrorText(answer));
    return answer.body.length === 0 ? {} : (JSON.parse(answer.body.toString()) as Record<string, unknown>);
  }

  /** Asks even when everything else has been given up, and does not mind the answer. */
  async callAtTheEnd(request: LambdaRequest): Promise<void> {
    await this.#send(request, undefined).catch((error: unknown) => {
      if (!(error instanceof CommandFailure)) throw error; // the daemon went first, and took all along
    });
  }

  #send({ method, path, body }: LambdaRequest, signal: AbortSignal | undefined): Promise<DaemonResponse> {
    return callDaemon(this.#endpoint, {
      method,
      path: `/${path}`,
      headers: {
        // Never checked: its scope is what tells the region.
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${this.region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
}
