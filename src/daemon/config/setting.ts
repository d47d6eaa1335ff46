/** One option, declared once: everything that reading, `lambdad config` and `docs/configuration.md` need to know. */
import type { HostFacts } from './host-facts.ts';
import { InvalidSetting } from './invalid-setting.ts';
import type { SettingType } from './setting-type.ts';

/** Environment variables as a value; only `main.ts` and the scripts take them from the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type SettingGroup =
  | 'Gateway'
  | 'Functions'
  | 'Services'
  | 'Docker'
  | 'Names'
  | 'Limits'
  | 'Isolation and data'
  | 'Tracing'
  | 'Log';

export interface Setting<Value> {
  readonly name: string;
  readonly group: SettingGroup;
  readonly type: SettingType<Value>;
  /** The default; may depend on the machine and on the environment, never on other settings. */
  readonly fallback: (facts: HostFacts, environment: Environment) => Value;
  /** The default in words, where its value alone does not say it. */
  readonly fallbackText?: string;
  /** One line, without a full stop at its end. */
  readonly meaning: string;
}

/** Every name is also understood with this prefix, as in compose files written for `docker run -e`. */
export const NAME_PREFIX = 'LOCALSTACK_';

/** The variable that decides, and its text; the plain name wins over the prefixed one, and empty counts as unset. */
export function givenText(environment: Environment, name: string): { name: string; text: string } | undefined {
  for (const candidate of [name, NAME_PREFIX + name]) {
    const text = environment[candidate]?.trim();
    if (text !== undefined && text !== '') return { name: candidate, text };
  }
  return undefined;
}

/** @throws InvalidSetting */
export function readSetting<Value>(setting: Setting<Value>, environment: Environment, facts: HostFacts): Value {
  const given = givenText(environment, setting.name);
  if (given === undefined) return setting.fallback(facts, environment);
  const value = setting.type.parse(given.text);
  if (value === undefined) {
    throw new InvalidSetting(given.name, setting.type.secret ? '…' : given.text, setting.type.allowed);
  }
  return value;
}
