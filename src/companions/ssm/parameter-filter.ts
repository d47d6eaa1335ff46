/** The filters of DescribeParameters and GetParametersByPath: each must hold, for one of its values. */
import { latestOf, type Parameter } from './parameter.ts';
import { invalidInput } from './parameter-faults.ts';

export interface ParameterFilter {
  readonly Key?: string | undefined;
  readonly Option?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** @throws ServiceError for a filter that there is none of */
export function matchesFilters(parameter: Parameter, filters: readonly ParameterFilter[]): boolean {
  return filters.every((filter) => matches(parameter, filter));
}

function matches(parameter: Parameter, { Key = '', Option, Values = [] }: ParameterFilter): boolean {
  const { name } = parameter;
  if (Key === 'Path') return Values.some((path) => isBelow(name, path, Option === 'Recursive'));
  const texts = textsOf(parameter, Key);
  // A tag without values asks whether it is there.
  if (Values.length === 0) return texts.length > 0;
  return Values.some((value) => texts.some((text) => compares(text, value, Option)));
}

function textsOf(parameter: Parameter, key: string): readonly string[] {
  const latest = latestOf(parameter);
  if (key.startsWith('tag:')) {
    const value = parameter.tags.get(key.slice('tag:'.length));
    return value === undefined ? [] : [value];
  }
  switch (key) {
    case 'Name':
      return [parameter.name];
    case 'Type':
      return [latest.type];
    case 'KeyId':
      return latest.keyId === undefined ? [] : [latest.keyId];
    case 'Tier':
      return [latest.tier];
    case 'DataType':
      return [latest.dataType];
    case 'Label':
      return parameter.versions.flatMap(({ labels }) => [...labels]);
    default:
      throw invalidInput(
        `The filter key ${key} is not valid. Use Name, Type, KeyId, Path, Label, Tier, DataType or tag:<key>.`,
      );
  }
}

function compares(text: string, value: string, option = 'Equals'): boolean {
  switch (option) {
    case 'BeginsWith':
      // A name is found with and without its first slash.
      return text.startsWith(value) || text.startsWith(`/${value}`);
    case 'Contains':
      return text.includes(value);
    default:
      return text === value;
  }
}

/** Whether a name lies below a path: directly, or at any depth. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  const full = name.startsWith('/') ? name : `/${name}`;
  return full.startsWith(folder) && (recursive || !full.slice(folder.length).includes('/'));
}
