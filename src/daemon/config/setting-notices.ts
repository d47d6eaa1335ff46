/** What is worth telling at start-up about variables that are set without effect; never a reason not to start. */
import { discontinuedSettings } from './discontinued.ts';
import { type Environment, givenText } from './setting.ts';
import { allSettings } from './settings.ts';

const owned = /^(?:LOCALSTACK_)?(LAMBDAD?_[A-Z0-9_]+)$/;
// Set by AWS inside a function; a daemon started by a function inherits them.
const ofTheRuntime = new Set(['LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR']);

/** One sentence for each variable that is set without effect: discontinued ones, and `LAMBDA_*` names not known here. */
export function settingNotices(environment: Environment): readonly string[] {
  const notices: string[] = [];
  for (const [name, advice] of Object.entries(discontinuedSettings)) {
    const given = givenText(environment, name);
    if (given !== undefined) notices.push(`${given.name} is discontinued: ${advice}`);
  }
  const known = new Set(allSettings.map((setting) => setting.name));
  for (const variable of Object.keys(environment).sort()) {
    const name = owned.exec(variable)?.[1];
    if (name === undefined || known.has(name) || name in discontinuedSettings || ofTheRuntime.has(name)) continue;
    if (environment[variable]?.trim()) notices.push(`${variable} is not a setting of this version and has no effect`);
  }
  return notices;
}
