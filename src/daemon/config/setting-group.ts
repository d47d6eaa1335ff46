/** Declares the settings of a group, one line of arguments each. */
import type { Setting, SettingGroup } from './setting.ts';
import type { SettingType } from './setting-type.ts';

type Fallback<Value> = Setting<Value>['fallback'];

/** The settings of one group: name, form, default, meaning, and the default in words where its value says too little. */
export const inGroup =
  (group: SettingGroup) =>
  <Value>(
    name: string,
    type: SettingType<Value>,
    fallback: Value | Fallback<Value>,
    meaning: string,
    fallbackText?: string,
  ): Setting<Value> => ({
    name,
    group,
    type,
    fallback: isComputed(fallback) ? fallback : () => fallback,
    meaning,
    ...(fallbackText === undefined ? {} : { fallbackText }),
  });

function isComputed<Value>(fallback: Value | Fallback<Value>): fallback is Fallback<Value> {
  return typeof fallback === 'function';
}
