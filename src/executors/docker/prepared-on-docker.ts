/** A version that is ready to be started in containers. */
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import type { PreparedVersion } from '../executor.ts';
import type { ImageDetails } from './engine/engine-types.ts';

/** How the code gets into a container; none of both where the image has it already. */
export interface CodeDelivery {
  /** Folders that the engine sees under these paths. */
  readonly mounted: readonly CodeFolder[];
  /** Folders of the daemon that the engine does not see. */
  readonly copied: readonly CodeFolder[];
}

export const inImage: CodeDelivery = { mounted: [], copied: [] };

export interface CodeFolder {
  readonly source: string;
  readonly target: '/var/task' | '/opt' | '/var/lambdad';
  /** What is in it may change while the version is run. */
  readonly live: boolean;
}

export interface PreparedParts {
  readonly version: FunctionVersion;
  readonly image: ImageDetails;
  readonly platform: string | undefined;
  readonly user: string | undefined;
  readonly delivery: CodeDelivery;
  /**
   * The program of a runtime that the function brings itself.
   * @throws InvalidEntrypoint when it brings none
   */
  readonly program: () => string | undefined;
  /** File names of the external extensions in `/opt/extensions`. */
  readonly extensions: readonly string[];
  readonly imageDigest: string | undefined;
  readonly dispose: () => Promise<void>;
}

export class PreparedOnDocker implements PreparedVersion {
  readonly version: FunctionVersion;
  readonly parts: PreparedParts;
  readonly imageDigest: string | undefined;
  readonly extensions: readonly string[];

  constructor(parts: PreparedParts) {
    this.version = parts.version;
    this.imageDigest = parts.imageDigest;
    this.extensions = parts.extensions;
    this.parts = parts;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.parts.dispose();
  }
}
