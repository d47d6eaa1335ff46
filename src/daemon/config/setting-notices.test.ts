import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discontinuedSettings } from './discontinued.ts';
import { settingNotices } from './setting-notices.ts';
import { allSettings } from './settings.ts';

test('each discontinued setting is named with what to use instead', () => {
  for (const [name, advice] of Object.entries(discontinuedSettings)) {
    assert.deepEqual(settingNotices({ [name]: 'x' }), [`${name} is discontinued: ${advice}`]);
  }
});

test('a discontinued setting is found under its prefixed name too', () => {
  assert.match(
    settingNotices({ LOCALSTACK_LAMBDA_EXECUTOR: 'local' }).join('\n'),
    /^LOCALSTACK_LAMBDA_EXECUTOR is disc/,
  );
});

test('a misspelt LAMBDA_ name is pointed out', () => {
  assert.deepEqual(settingNotices({ LAMBDA_KEEPALIVE: '5', LAMBDAD_SANDBX: 'off' }), [
    'LAMBDAD_SANDBX is not a setting of this version and has no effect',
    'LAMBDA_KEEPALIVE is not a setting of this version and has no effect',
  ]);
});

test('settings in use, empty variables and those of a surrounding function say nothing', () => {
  const used = Object.fromEntries(allSettings.map((setting) => [setting.name, 'x']));
  assert.deepEqual(settingNotices({ ...used, LAMBDA_EXECUTOR: '', LAMBDA_TASK_ROOT: '/var/task', PATH: '/bin' }), []);
});

test('no setting is both in use and discontinued', () => {
  assert.deepEqual(
    allSettings.filter((setting) => setting.name in discontinuedSettings),
    [],
  );
});
