/** Tags that a resource may have. */
import { invalidParameterValue } from '../lambda-error.ts';

const tagsAtMost = 50;

/** @throws ServiceError InvalidParameterValueException for too many tags and for names that belong to AWS. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const names = Object.keys(tags);
  if (names.length > tagsAtMost) throw invalidParameterValue('Number of tags exceeds resource tag limit.');
  if (names.some((name) => name.toLowerCase().startsWith('aws:'))) {
    throw invalidParameterValue('System tags cannot be added/updated by requester.');
  }
}
