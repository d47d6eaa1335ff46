/** The names of parameters, as callers may write them. */
import { parseArn } from '../../aws/arn.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { invalidInput } from './parameter-faults.ts';

export interface ParameterReference {
  readonly name: string;
  /** A version's number or a label. */
  readonly selector: string | undefined;
}

/** A name or an ARN, perhaps with `:3` or `:label` behind it. */
export function parseReference(text: string): ParameterReference {
  const arn = parseArn(text);
  const path = arn === undefined ? text : arn.resource.replace(/^parameter/, '');
  const colon = path.indexOf(':');
  const named = colon < 0 ? path : path.slice(0, colon);
  return {
    name: withoutNeedlessSlash(named, arn !== undefined),
    selector: colon < 0 ? undefined : path.slice(colon + 1),
  };
}

/** An ARN has a slash before every name, also before one that has none. */
const withoutNeedlessSlash = (name: string, fromArn: boolean): string =>
  fromArn && name.lastIndexOf('/') === 0 ? name.slice(1) : name;

const deepest = 15;

/** @throws ServiceError for a name that no parameter may have */
export function checkNewName(name: string): void {
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    throw invalidInput(
      'Parameter name must be a fully qualified name. Only letters, numbers and the symbols . - _ / are allowed.',
    );
  }
  if (name.includes('/') && !name.startsWith('/')) throw invalidInput('Parameter name must be a fully qualified name.');
  if (/^\/?(aws|ssm)/i.test(name)) {
    const isReserved = /^\/?aws/i.test(name);
    throw isReserved
      ? new ServiceError('AccessDeniedException', `No access to reserved parameter name: ${name}.`)
      : invalidInput(
          'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
        );
  }
  if (name.split('/').length - 1 > deepest) {
    throw new ServiceError(
      'HierarchyLevelLimitExceededException',
      `Parameter name contains more than ${deepest} levels of hierarchy.`,
    );
  }
}
