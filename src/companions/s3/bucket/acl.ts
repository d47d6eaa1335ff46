/** Access control lists, as far as a canned one says them; nothing here is kept from anybody. */
import type { Bucket } from './bucket.ts';
import { canonicalId, ownerOf } from './owner.ts';

const groups = 'http://acs.amazonaws.com/groups/global';

/** What each canned list grants beside the owner's full control. Source: Amazon S3 user guide, "Canned ACL". */
const granted: Readonly<Record<string, readonly (readonly [group: string, permission: 'READ' | 'WRITE'])[]>> = {
  'public-read': [['AllUsers', 'READ']],
  'public-read-write': [
    ['AllUsers', 'READ'],
    ['AllUsers', 'WRITE'],
  ],
  'authenticated-read': [['AuthenticatedUsers', 'READ']],
};

export function aclOutput({ owner }: Bucket, canned: string) {
  return {
    Owner: ownerOf(owner),
    Grants: [
      { Grantee: { ID: canonicalId(owner), Type: 'CanonicalUser' as const }, Permission: 'FULL_CONTROL' as const },
      ...(granted[canned] ?? []).map(([group, permission]) => ({
        Grantee: { URI: `${groups}/${group}`, Type: 'Group' as const },
        Permission: permission,
      })),
    ],
  };
}

interface GivenPolicy {
  readonly Grants?:
    | readonly {
        readonly Grantee?: { readonly URI?: string | undefined } | undefined;
        readonly Permission?: string | undefined;
      }[]
    | undefined;
}

/** The canned list that grants what a policy grants to everybody; grants to single people change nothing here. */
export function cannedAcl({ Grants: grants = [] }: GivenPolicy): string {
  const held = new Set(
    grants.flatMap(({ Grantee: grantee, Permission: permission }) => {
      const group = grantee?.URI?.startsWith(`${groups}/`) === true ? grantee.URI.slice(groups.length + 1) : undefined;
      return group === undefined ? [] : [`${group}/${permission}`];
    }),
  );
  if (held.has('AllUsers/WRITE')) return 'public-read-write';
  if (held.has('AllUsers/READ')) return 'public-read';
  return held.has('AuthenticatedUsers/READ') ? 'authenticated-read' : 'private';
}
