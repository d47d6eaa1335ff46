import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../../../test/kit/sample-version.ts';
import { assemblyOf, checkDotnetHandler } from './dotnet-handler.ts';

test('a program is run, a method of a class library is refused with what to do', () => {
  checkDotnetHandler(sampleVersion({ handler: 'Shop' }));
  assert.throws(() => checkDotnetHandler(sampleVersion({ handler: 'Shop::Shop.Sales::Sell' })), {
    name: 'PreparationFailed',
    message: /Shop::Shop\.Sales::Sell is a method of a class library, .* in Docker only/,
  });
});

test('the assembly is named with or without its ending', () => {
  assert.equal(assemblyOf('Shop'), 'Shop.dll');
  assert.equal(assemblyOf('Shop.dll'), 'Shop.dll');
});
