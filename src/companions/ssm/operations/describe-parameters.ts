import type { SsmOperations } from '../../../aws/generated/ssm-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { matchesFilters } from '../parameter-filter.ts';
import { metadataOutput } from '../parameter-output.ts';
import type { ParameterStore } from '../parameter-store.ts';
import { ssmPage } from '../ssm-page.ts';

type Types = SsmOperations['DescribeParameters'];

/** `DescribeParameters`: everything but the values. */
export const describeParameters =
  (store: ParameterStore): Operation<Types['input'], Types['output']> =>
  ({ Filters = [], ParameterFilters = [], MaxResults = 50, NextToken }, { scope }) => {
    // The older filters compare the beginning of a name, and the whole of the rest.
    const older = Filters.map(({ Key, Values }) => ({ Key, Values, Option: Key === 'Name' ? 'BeginsWith' : 'Equals' }));
    const listed = store.all(scope).filter((each) => matchesFilters(each, [...older, ...ParameterFilters]));
    const { items, token } = ssmPage(listed, ({ name }) => name, MaxResults, NextToken);
    return {
      Parameters: items.map((parameter) => metadataOutput(parameter)),
      NextToken: token,
    };
  };
