/** The operations that read values: one, several by name, all below a path, all versions of one. */
import type { SsmOperations } from '../../../aws/generated/ssm-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { latestOf } from '../parameter.ts';
import { invalidInput } from '../parameter-faults.ts';
import { isBelow, matchesFilters } from '../parameter-filter.ts';
import { historyOutput, parameterOutput } from '../parameter-output.ts';
import type { ParameterStore } from '../parameter-store.ts';
import { ssmPage } from '../ssm-page.ts';

type Of<Name extends keyof SsmOperations> = Operation<SsmOperations[Name]['input'], SsmOperations[Name]['output']>;

/** `GetParameter`: by name or ARN, perhaps with `:version` or `:label`. */
export const getParameter =
  (store: ParameterStore): Of<'GetParameter'> =>
  ({ Name, WithDecryption = false }, { scope }) => ({
    Parameter: parameterOutput(store.require(scope, Name), WithDecryption),
  });

/** `GetParameters`: names of none are listed as invalid. */
export const getParameters =
  (store: ParameterStore): Of<'GetParameters'> =>
  ({ Names, WithDecryption = false }, { scope }) => {
    const found: ReturnType<typeof parameterOutput>[] = [];
    const invalid: string[] = [];
    for (const name of Names) {
      try {
        found.push(parameterOutput(store.require(scope, name), WithDecryption));
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        invalid.push(name);
      }
    }
    return { Parameters: found, InvalidParameters: invalid };
  };

/** `GetParametersByPath`: those below a path, at any depth when `Recursive`. */
export const getParametersByPath =
  (store: ParameterStore): Of<'GetParametersByPath'> =>
  (input, { scope }) => {
    const { Path, Recursive = false, WithDecryption = false, MaxResults = 10, ParameterFilters = [] } = input;
    if (!Path.startsWith('/')) {
      throw invalidInput(
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
      );
    }
    const below = store
      .all(scope)
      .filter((each) => each.name.startsWith('/') && isBelow(each.name, Path, Recursive))
      .filter((each) => matchesFilters(each, ParameterFilters));
    const { items, token } = ssmPage(below, ({ name }) => name, MaxResults, input.NextToken);
    const found = items.map((parameter) => ({ parameter, version: latestOf(parameter), selector: undefined }));
    return { Parameters: found.map((each) => parameterOutput(each, WithDecryption)), NextToken: token };
  };

/** `GetParameterHistory`: every version that is kept, oldest first. */
export const getParameterHistory =
  (store: ParameterStore): Of<'GetParameterHistory'> =>
  ({ Name, WithDecryption = false, MaxResults = 50, NextToken }, { scope }) => {
    const { parameter } = store.require(scope, Name);
    const { items, token } = ssmPage(parameter.versions, ({ version }) => String(version), MaxResults, NextToken);
    return { Parameters: items.map((version) => historyOutput(parameter, version, WithDecryption)), NextToken: token };
  };
