/** Archives that requests name in place of sending them: objects in a bucket, wherever buckets are. */
import type { Scope } from '../../aws/scope.ts';
import type { ServiceError } from '../../aws/service-error.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';

export interface CodeObject {
  readonly bucket: string;
  readonly key: string;
  readonly version: string | undefined;
}

export type CodeObjectAnswer =
  | { readonly kind: 'found'; readonly archive: Buffer }
  | { readonly kind: 'too-large' }
  /** In the words of S3. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface CodeObjects {
  /** @param limit in bytes: what is larger is not fetched. Never rejects, unless the signal aborts. */
  fetch(object: CodeObject, scope: Scope, limit: number, signal: AbortSignal): Promise<CodeObjectAnswer>;
}

/** For a control plane that has no buckets beside it. */
export const noCodeObjects: CodeObjects = {
  fetch: async () => ({ kind: 'refused', code: 'NoSuchBucket', message: 'The specified bucket does not exist' }),
};

export interface FetchCodeDeps {
  readonly codeObjects: CodeObjects;
  readonly scope: Scope;
  readonly limits: LambdaLimits;
  readonly signal: AbortSignal;
}

/** @throws ServiceError InvalidParameterValueException with what S3 says */
export async function fetchCode(object: CodeObject, deps: FetchCodeDeps): Promise<Buffer> {
  const { codeObjects, scope, limits, signal } = deps;
  const answer = await codeObjects.fetch(object, scope, limits.codeSizeUnzipped, signal);
  switch (answer.kind) {
    case 'found':
      return answer.archive;
    case 'too-large':
      throw invalidParameterValue(`Unzipped size must be smaller than ${limits.codeSizeUnzipped} bytes`);
    case 'refused':
      throw refused(answer.code, answer.message);
  }
}

const refused = (code: string, message: string): ServiceError =>
  invalidParameterValue(`Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`);
