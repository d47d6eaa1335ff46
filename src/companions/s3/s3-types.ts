/** What operations of S3 take and answer, by their names. */
import type { S3Operations } from '../../aws/generated/s3-operations.ts';

export type S3Input<Name extends keyof S3Operations> = S3Operations[Name]['input'];
export type S3Output<Name extends keyof S3Operations> = S3Operations[Name]['output'];
