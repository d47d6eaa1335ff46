/** Account and region of a request, from the credential scope of its signature; the signature itself is not checked. */
import { type AccountId, accountId, region, type Scope, scopeOf } from './scope.ts';

/** Whose resources an unsigned request sees. */
const defaultAccount = accountId('000000000000');
const defaultRegion = region('us-east-1');

/**
 * @param authorization The `Authorization` header.
 * @param rawQuery Where a pre-signed request keeps its `X-Amz-Credential`.
 * @returns Always a scope: what cannot be read is the default account, or us-east-1.
 * @see AWS General Reference, "Signature Version 4", credential scope
 */
export function requestScope(authorization: string | undefined, rawQuery = ''): Scope {
  const credential = credentialOf(authorization) ?? presignedCredential(rawQuery) ?? '';
  const [accessKey = '', , scopeRegion = ''] = credential.split('/');
  return scopeOf(accountOf(accessKey), isRegion(scopeRegion) ? region(scopeRegion) : defaultRegion);
}

/** `AKID/20260101/us-east-1/lambda/aws4_request` */
function credentialOf(authorization: string | undefined): string | undefined {
  const start = authorization?.indexOf('Credential=') ?? -1;
  if (authorization === undefined || start < 0) return undefined;
  const rest = authorization.slice(start + 'Credential='.length);
  const end = rest.search(/[,\s]/);
  return end < 0 ? rest : rest.slice(0, end);
}

const presignedCredential = (rawQuery: string): string | undefined =>
  rawQuery.includes('X-Amz-Credential=')
    ? (new URLSearchParams(rawQuery).get('X-Amz-Credential') ?? undefined)
    : undefined;

/** Regions that do not exist yet pass too. */
const isRegion = (name: string): boolean => /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(name) && name.length <= 40;

/** Twelve digits are the account itself; keys made for tests carry one, as AWS's own keys do. */
function accountOf(accessKey: string): AccountId {
  if (/^\d{12}$/.test(accessKey)) return accountId(accessKey);
  if (/^(LSIA|LKIA)[A-Z2-7]{16,}$/.test(accessKey)) return accountInKey(accessKey);
  return defaultAccount;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** After the four letters of its kind a key is base32; bits 7 to 46 of its first six bytes are the account number. */
function accountInKey(accessKey: string): AccountId {
  let bits = 0n;
  // Ten digits of five bits hold the six bytes and two bits more.
  for (const digit of accessKey.slice(4, 14)) bits = (bits << 5n) | BigInt(base32.indexOf(digit));
  const number = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
  const digits = number.toString();
  return digits.length > 12 ? defaultAccount : accountId(digits.padStart(12, '0'));
}
