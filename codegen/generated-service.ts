/** What the generator has to know of a service beside its models. */
import type { ServiceOverlay } from './apply-overlay.ts';

export interface GeneratedService {
  /** Of the generated files, and of the service in a signature's scope unless `signingName` says otherwise. */
  readonly name: string;
  readonly signingName?: string;
  /** Begins the names of the exported types. */
  readonly title: string;
  /** As the first line of the generated file names it. */
  readonly fullName: string;
  readonly sdkPackage: string;
  /** The folder of the model in botocore, `lambda/2015-03-31` for example. */
  readonly model: string;
  /** Those that are served; absent, all. The names of the others are kept, so that a call of one can be told so. */
  readonly operations?: readonly string[];
  /** The service writes the namespace of its model before the names of errors. */
  readonly namespacedErrors?: true;
  readonly overlay?: ServiceOverlay;
}
