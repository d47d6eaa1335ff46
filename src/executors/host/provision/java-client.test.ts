import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javaClientName, javaClientProject } from './java-client.ts';

test('the project of the client names each archive with its version, and no place to fetch it from', () => {
  assert.match(javaClientProject, /<artifactId>aws-lambda-java-runtime-interface-client<\/artifactId><version>2\./);
  assert.doesNotMatch(javaClientProject, /http|repositor/);
  assert.match(javaClientName, /^java-client-[\d.-]+$/);
});
