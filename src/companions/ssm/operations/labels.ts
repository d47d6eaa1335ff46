/** The operations on the labels of a parameter's versions: a label stands at one version at most. */
import type { SsmOperations } from '../../../aws/generated/ssm-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { latestOf } from '../parameter.ts';
import { versionNotFound } from '../parameter-faults.ts';
import type { ParameterStore } from '../parameter-store.ts';

type Of<Name extends keyof SsmOperations> = Operation<SsmOperations[Name]['input'], SsmOperations[Name]['output']>;

const mostLabels = 10;

/** A label is no number, and none of the names that AWS keeps for itself. */
const isValid = (label: string): boolean =>
  /^[a-zA-Z_.-][a-zA-Z0-9_.-]{0,99}$/.test(label) && !/^(aws|ssm)/i.test(label);

export const labelParameterVersion =
  (store: ParameterStore): Of<'LabelParameterVersion'> =>
  ({ Name, ParameterVersion, Labels }, { scope }) => {
    const { parameter } = store.require(scope, Name);
    const number = ParameterVersion ?? latestOf(parameter).version;
    const target = parameter.versions.find(({ version }) => version === number);
    if (target === undefined) throw versionNotFound(String(number));
    const valid = Labels.filter(isValid);
    if (new Set([...target.labels, ...valid]).size > mostLabels) {
      throw new ServiceError(
        'ParameterVersionLabelLimitExceeded',
        `An error occurred: a version has at most ${mostLabels} labels.`,
      );
    }
    for (const label of valid) {
      for (const version of parameter.versions) version.labels.delete(label);
      target.labels.add(label);
    }
    return { InvalidLabels: Labels.filter((label) => !isValid(label)), ParameterVersion: number };
  };

export const unlabelParameterVersion =
  (store: ParameterStore): Of<'UnlabelParameterVersion'> =>
  ({ Name, ParameterVersion, Labels }, { scope }) => {
    const { parameter } = store.require(scope, Name);
    const target = parameter.versions.find(({ version }) => version === ParameterVersion);
    if (target === undefined) throw versionNotFound(String(ParameterVersion));
    const removed = Labels.filter((label) => target.labels.delete(label));
    return { RemovedLabels: removed, InvalidLabels: Labels.filter((label) => !removed.includes(label)) };
  };
