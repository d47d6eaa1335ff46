/** What is kept of a code signing configuration. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';

type CreateInput = LambdaOperations['CreateCodeSigningConfig']['input'];

/** An immutable value, kept by its id. */
export interface CodeSigningConfigRecord {
  /** `csc-` and 17 hexadecimal digits. */
  readonly id: string;
  readonly arn: string;
  /** Undefined when never given. */
  readonly description: string | undefined;
  /** Kept and shown: nothing here knows signatures. */
  readonly allowedPublishers: CreateInput['AllowedPublishers'];
  /** What happens to code without a good signature, which here is all code. */
  readonly untrustedArtifacts: 'Warn' | 'Enforce';
  /** Epoch. */
  readonly lastModified: Milliseconds;
  readonly tags: Readonly<Record<string, string>>;
}
