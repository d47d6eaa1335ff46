/** Upper bounds that the model of the API leaves out. */
import { validationException } from '../../../aws/service-error.ts';

/** @throws ServiceError for a limit that is larger than the largest */
export function pageLimit(asked: number | undefined, largest: number): number {
  if (asked !== undefined && asked > largest) {
    throw validationException(
      `1 validation error detected: Value '${asked}' at 'limit' failed to satisfy constraint: ` +
        `Member must have value less than or equal to ${largest}`,
    );
  }
  return asked ?? largest;
}
