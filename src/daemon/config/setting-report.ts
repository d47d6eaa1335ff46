/** Which settings are in force and where each comes from, for `lambdad config`. */
import type { HostFacts } from './host-facts.ts';
import { type Environment, givenText, readSetting } from './setting.ts';
import { allSettings } from './settings.ts';

export interface SettingReport {
  readonly name: string;
  readonly group: string;
  /** As it would be written in the environment. */
  readonly value: string;
  /** The variable that set it, or `undefined` for the default. */
  readonly setBy: string | undefined;
  readonly meaning: string;
}

/** @throws InvalidSetting */
export function reportSettings(environment: Environment, facts: HostFacts): readonly SettingReport[] {
  return allSettings.map((setting) => ({
    name: setting.name,
    group: setting.group,
    value: setting.type.show(readSetting(setting, environment, facts)),
    setBy: givenText(environment, setting.name)?.name,
    meaning: setting.meaning,
  }));
}
