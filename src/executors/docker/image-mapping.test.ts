import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuntimeId } from '../../lambda/function/function-version.ts';
import { imageOf, parseImageMapping } from './image-mapping.ts';

const image = (runtime: string, mapping?: string): string | undefined =>
  imageOf(runtime as RuntimeId, mapping === undefined ? undefined : parseImageMapping(mapping));

test("a runtime runs in AWS's image unless the mapping names another", () => {
  assert.match(image('nodejs22.x') ?? '', /\/lambda\/nodejs:22$/);
  assert.equal(image('nodejs22.x', 'mine/<runtime>:tag'), 'mine/nodejs22.x:tag');
  assert.equal(image('nodejs22.x', '{"nodejs22.x":"mine"}'), 'mine');
  assert.match(image('python3.13', '{"nodejs22.x":"mine"}') ?? '', /\/lambda\/python:3\.13$/);
  assert.equal(image('cobol85'), undefined);
});

test('a mapping that is neither pattern nor object is refused', () => {
  for (const text of ['mine', 'a <runtime>', '{', '{"a":1}', '{"a":""}', '[]', '']) {
    assert.equal(parseImageMapping(text), undefined, text);
  }
});
