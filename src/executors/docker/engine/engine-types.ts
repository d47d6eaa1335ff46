/** What we tell a Docker engine and hear from it, as far as we use it. */

/** @see https://docs.docker.com/reference/api/engine/ (create a container) */
export interface ContainerSettings {
  readonly Image: string;
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
  /** `NAME=value`; a name alone takes a variable of the image away. */
  readonly Env?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly OpenStdin?: boolean;
  /** The input ends when whoever is attached to it goes. */
  readonly StdinOnce?: boolean;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
  readonly HostConfig?: HostSettings;
}

export interface HostSettings {
  /** `source:target[:options]` */
  readonly Binds?: readonly string[];
  readonly Mounts?: readonly Mount[];
  readonly Memory?: number;
  /** Memory and swap together. */
  readonly MemorySwap?: number;
  /** In billionths of a CPU. */
  readonly NanoCpus?: number;
  readonly CpuShares?: number;
  readonly PidsLimit?: number;
  readonly Ulimits?: readonly Ulimit[];
  readonly ReadonlyRootfs?: boolean;
  readonly Privileged?: boolean;
  readonly Init?: boolean;
  readonly NetworkMode?: string;
  readonly ExtraHosts?: readonly string[];
  readonly Dns?: readonly string[];
  readonly PortBindings?: Readonly<Record<string, readonly PortBinding[]>>;
  readonly LogConfig?: { readonly Type: string };
}

export interface Mount {
  readonly Type: 'bind' | 'volume';
  /** None makes a volume that belongs to the container alone. */
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
}

export interface PortBinding {
  readonly HostIp: string;
  /** Empty takes any that is free. */
  readonly HostPort: string;
}

export interface Ulimit {
  readonly Name: string;
  readonly Soft: number;
  readonly Hard: number;
}

/** One more program in a container. */
export interface ExecSettings {
  readonly Cmd: readonly string[];
  /** `NAME=value`; a name alone takes a variable of the container away. */
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly AttachStdin?: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
}

export interface ExecDetails {
  readonly Running: boolean;
  readonly ExitCode: number | null;
}

export interface EngineVersion {
  readonly Version: string;
  readonly Os: string;
  /** As Go names it: `amd64`, `arm64`. */
  readonly Arch: string;
}

export interface ImageDetails {
  /** `sha256:…` of its configuration. */
  readonly Id: string;
  /** `repository@sha256:…`; empty for an image that never was in a registry. */
  readonly RepoDigests?: readonly string[] | null;
  readonly Architecture: string;
  readonly Config?: {
    readonly User?: string;
    readonly WorkingDir?: string;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
  } | null;
}

export interface ContainerDetails {
  readonly Id: string;
  readonly State: ContainerState;
  readonly Mounts?: readonly {
    readonly Type: string;
    readonly Source: string;
    readonly Destination: string;
  }[];
  readonly NetworkSettings: {
    readonly Networks?: Readonly<Record<string, { readonly IPAddress: string; readonly Gateway: string }>> | null;
  };
}

export interface ContainerState {
  readonly Running: boolean;
  readonly Pid: number;
  readonly ExitCode: number;
  /** Of a container that has ended. */
  readonly OOMKilled: boolean;
  readonly StartedAt: string;
}

export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

export interface NetworkDetails {
  readonly Name: string;
  readonly Driver: string;
  readonly IPAM?: {
    readonly Config?: readonly { readonly Gateway?: string; readonly Subnet?: string }[] | null;
  };
}

export interface ContainerStats {
  readonly memory_stats?: { readonly usage?: number; readonly max_usage?: number };
}

/** One line of the progress of a pull. */
export interface PullProgress {
  readonly status?: string;
  /** The layer. */
  readonly id?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}
