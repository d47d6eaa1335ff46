/** What is kept of the policy of a function, a version or an alias. */
import { ServiceError } from '../../aws/service-error.ts';
import type { Random } from '../../kernel/random.ts';
import { newRevisionId } from '../version/new-version.ts';
import type { RevisionId } from '../version/version-record.ts';
import type { PolicyDocument } from './policy-document.ts';

/** Kept under `functionKey(name, qualifier)`; the policy of the function itself under `$LATEST`. */
export interface PolicyRecord {
  /** Has at least one statement: a policy that loses its last one is removed. */
  readonly document: PolicyDocument;
  /** The policy's own, not that of the function. */
  readonly revisionId: RevisionId;
}

/** As AWS counts it: characters of the compact JSON. */
const sizeAtMost = 20_480;

/** @throws ServiceError PolicyLengthExceededException */
export function newPolicy(document: PolicyDocument, random: Random): PolicyRecord {
  const size = policyText(document).length;
  if (size > sizeAtMost) {
    throw new ServiceError(
      'PolicyLengthExceededException',
      `The final policy size (${size}) is bigger than the limit (${sizeAtMost}).`,
    );
  }
  return { document, revisionId: newRevisionId(random) };
}

/** As replies hold it: JSON inside JSON. */
export const policyText = (document: PolicyDocument): string => JSON.stringify(document);
