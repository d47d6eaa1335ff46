/** The operations of STS, each of which hands out credentials or says whose some are. */
import type { StsOperations } from '../../../aws/generated/sts-operations.ts';
import { notYet, type Operation, type OperationTable } from '../../../aws/operation-table.ts';
import type { AccessKeys } from '../../../aws/sigv4/access-keys.ts';
import { requestScope } from '../../../aws/sigv4-scope.ts';
import type { CompanionCall } from '../../companion-call.ts';
import type { Sessions } from './sessions.ts';

type StsOperation<Name extends keyof StsOperations> = Operation<
  StsOperations[Name]['input'],
  StsOperations[Name]['output'],
  CompanionCall
>;

const hour = 3600;
const halfDay = 12 * hour;

/** `AssumeRole`: whoever asks may; nothing here evaluates trust policies. */
const assumeRole =
  (sessions: Sessions): StsOperation<'AssumeRole'> =>
  ({ RoleArn, RoleSessionName, DurationSeconds = hour, SourceIdentity }) => {
    const { account, roleId, arn } = sessions.ofRole(RoleArn, RoleSessionName);
    const owner = { kind: 'role', roleArn: RoleArn, sessionName: RoleSessionName } as const;
    return {
      Credentials: sessions.credentials(account, owner, DurationSeconds),
      AssumedRoleUser: { AssumedRoleId: `${roleId}:${RoleSessionName}`, Arn: arn },
      SourceIdentity,
    };
  };

const assumeRoleWithWebIdentity =
  (sessions: Sessions): StsOperation<'AssumeRoleWithWebIdentity'> =>
  ({ RoleArn, RoleSessionName, WebIdentityToken, DurationSeconds = hour, ProviderId }) => {
    const { account, roleId, arn } = sessions.ofRole(RoleArn, RoleSessionName);
    const owner = { kind: 'role', roleArn: RoleArn, sessionName: RoleSessionName } as const;
    return {
      Credentials: sessions.credentials(account, owner, DurationSeconds),
      AssumedRoleUser: { AssumedRoleId: `${roleId}:${RoleSessionName}`, Arn: arn },
      Provider: ProviderId ?? claimOf(WebIdentityToken, 'iss'),
      Audience: claimOf(WebIdentityToken, 'aud'),
      SubjectFromWebIdentityToken: claimOf(WebIdentityToken, 'sub'),
    };
  };

/** A claim of a JSON web token whose signature nobody checks. */
function claimOf(token: string, name: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as object;
    const value: unknown = Reflect.get(claims, name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `GetCallerIdentity`: never refused. A key that nobody issued is the root of its account. */
const getCallerIdentity =
  (sessions: Sessions, keys: AccessKeys): StsOperation<'GetCallerIdentity'> =>
  (_input, { scope, accessKeyId }) => {
    const { partition, account } = scope;
    const owner = accessKeyId === undefined ? undefined : keys.find(accessKeyId)?.owner;
    if (owner?.kind === 'user') return { UserId: owner.userId, Account: account, Arn: owner.arn };
    if (owner?.kind === 'role') {
      const { roleId, arn } = sessions.ofRole(owner.roleArn, owner.sessionName);
      return { UserId: `${roleId}:${owner.sessionName}`, Account: account, Arn: arn };
    }
    return { UserId: account, Account: account, Arn: `arn:${partition}:iam::${account}:root` };
  };

const getSessionToken =
  (sessions: Sessions): StsOperation<'GetSessionToken'> =>
  ({ DurationSeconds = halfDay }, { scope }) => ({
    Credentials: sessions.credentials(scope.account, { kind: 'account' }, DurationSeconds),
  });

const getFederationToken =
  (sessions: Sessions): StsOperation<'GetFederationToken'> =>
  ({ Name, DurationSeconds = halfDay }, { scope }) => {
    const { partition, account } = scope;
    const Arn = `arn:${partition}:sts::${account}:federated-user/${Name}`;
    const FederatedUserId = `${account}:${Name}`;
    const owner = { kind: 'user', arn: Arn, userId: FederatedUserId } as const;
    return {
      Credentials: sessions.credentials(account, owner, DurationSeconds),
      FederatedUser: { FederatedUserId, Arn },
      PackedPolicySize: 0,
    };
  };

/** The account is in the key itself. */
const getAccessKeyInfo: StsOperation<'GetAccessKeyInfo'> = ({ AccessKeyId }) => ({
  Account: requestScope(`Credential=${AccessKeyId}/`).account,
});

export const stsOperations = (sessions: Sessions, keys: AccessKeys) =>
  ({
    AssumeRole: assumeRole(sessions),
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity(sessions),
    // Nothing here makes the encoded messages that it would decode.
    DecodeAuthorizationMessage: notYet,
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity(sessions, keys),
    GetFederationToken: getFederationToken(sessions),
    GetSessionToken: getSessionToken(sessions),
  }) satisfies OperationTable<StsOperations, CompanionCall>;
