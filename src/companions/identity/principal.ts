/** Roles and users: who can be given policies. */

export interface Principal {
  readonly name: string;
  readonly path: string;
  /** `AROA…` of a role, `AIDA…` of a user. */
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly tags: Map<string, string>;
  /** Documents by the names of the policies. */
  readonly inlinePolicies: Map<string, string>;
  /** Names by the ARNs of the policies. */
  readonly attachedPolicies: Map<string, string>;
  permissionsBoundary: string | undefined;
}

export interface Role extends Principal {
  trustPolicy: string;
  description: string | undefined;
  /** Seconds. */
  maxSessionDuration: number;
}

export interface User extends Principal {
  readonly accessKeys: Map<string, UserAccessKey>;
}

export interface UserAccessKey {
  readonly id: string;
  readonly secret: string;
  readonly created: Date;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly created: Date;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly created: Date;
  updated: Date;
  readonly tags: Map<string, string>;
  /** Oldest first. */
  readonly versions: PolicyVersion[];
  /** Counts on when versions are deleted. */
  nextVersion: number;
  defaultVersion: string;
}

export interface InstanceProfile {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly tags: Map<string, string>;
  /** One at most. */
  role: string | undefined;
}
