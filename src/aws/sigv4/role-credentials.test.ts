import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { systemRandom } from '../../kernel/random.ts';
import { accountId } from '../scope.ts';
import { requestScope } from '../sigv4-scope.ts';
import { roleCredentials } from './role-credentials.ts';

test('a request that is signed with them is one of the account', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{12}$/), (account) => {
      const { accessKeyId, secretAccessKey, sessionToken } = roleCredentials(accountId(account), systemRandom);
      assert.match(accessKeyId, /^LSIA[A-Z2-7]{16}$/);
      assert.match(secretAccessKey, /^[\w+/]{40}$/);
      assert.match(sessionToken, /^[\w+/]{320}$/);
      const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-west-1/s3/aws4_request, Signature=a`;
      assert.equal(requestScope(authorization).account, account);
    }),
  );
});
