/** Pages of Parameter Store's lists. */
import { ServiceError } from '../../aws/service-error.ts';
import { pageAfter } from '../page.ts';

/** @throws ServiceError InvalidNextToken for a token that was not handed out */
export function ssmPage<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  limit: number,
  token: string | undefined,
) {
  const page = pageAfter(all, keyOf, limit, token);
  if (page === undefined) throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  return { items: page.items, token: page.next };
}
