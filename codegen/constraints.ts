/** The constraints of a service's inputs, as extracted from botocore and committed in `generated/`. */
import { readFileSync } from 'node:fs';

export interface Constraints {
  /** Where it is from, its version and its licence. */
  readonly origin: string;
  readonly metadata?: ServiceMetadata;
  readonly shapes: Readonly<Record<string, ConstrainedShape>>;
}

/** What a service's protocols need beside its shapes. */
export interface ServiceMetadata {
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
}

/** A botocore shape without its documentation; other shapes are named. */
export interface ConstrainedShape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
}

/** @param service As in the name of its file in `generated/`. */
export const readConstraints = (service: string): Constraints =>
  JSON.parse(readFileSync(new URL(`generated/${service}-constraints.json`, import.meta.url), 'utf8')) as Constraints;
