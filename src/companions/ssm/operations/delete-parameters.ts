/** The operations that delete: one, which must be there, or several, which need not. */
import type { SsmOperations } from '../../../aws/generated/ssm-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { parameterNotFound } from '../parameter-faults.ts';
import { parseReference } from '../parameter-name.ts';
import type { ParameterStore } from '../parameter-store.ts';

type Of<Name extends keyof SsmOperations> = Operation<SsmOperations[Name]['input'], SsmOperations[Name]['output']>;

export const deleteParameter =
  (store: ParameterStore): Of<'DeleteParameter'> =>
  ({ Name }, { scope }) => {
    if (!store.remove(scope, parseReference(Name).name)) throw parameterNotFound();
    return {};
  };

export const deleteParameters =
  (store: ParameterStore): Of<'DeleteParameters'> =>
  ({ Names }, { scope }) => {
    const deleted = Names.filter((name) => store.remove(scope, parseReference(name).name));
    return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) };
  };
