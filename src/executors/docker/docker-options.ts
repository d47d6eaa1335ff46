/** What users may say about functions in containers. */
import type { DockerFlags } from './docker-flags.ts';
import type { EngineAccess } from './engine/engine-address.ts';
import type { ImageMapping } from './image-mapping.ts';

export interface DockerOptions {
  readonly access: EngineAccess;
  readonly imageMapping: ImageMapping | undefined;
  /** Run every function on the engine's own architecture. */
  readonly ignoreArchitecture: boolean;
  readonly flags: DockerFlags;
  /** The first is the main one; none takes the daemon's own, or the engine's default. */
  readonly networks: readonly string[];
  /** The DNS server of containers, where it is not the engine's; asked for when one is started. */
  readonly dns: () => string | undefined;
  /** Whether containers that ended are removed. */
  readonly removeContainers: boolean;
  /** The host under which containers reach the daemon, where it is not found out. */
  readonly hostname: string | undefined;
  /** Make an image with the code in it once per version, in place of mounting the code. */
  readonly prebuildImages: boolean;
  /** Whether containers stand still between invocations. */
  readonly freeze: boolean;
}
