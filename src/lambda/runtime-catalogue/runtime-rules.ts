/** Which runtimes a function may have, and with what. */
import { invalidParameterValue } from '../lambda-error.ts';
import { findRuntime } from './runtime-catalogue.ts';

// Word for word, order included, what AWS answered last (2026).
const recordedEnum =
  '[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]';

/**
 * @param supportedOnly also refuses runtimes that AWS has withdrawn; they are accepted otherwise.
 * @throws ServiceError InvalidParameterValueException
 */
export function checkRuntime(id: string, supportedOnly: boolean): void {
  const entry = findRuntime(id);
  if (entry === undefined) {
    throw invalidParameterValue(
      `Value ${id} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ${recordedEnum} or be a valid ARN`,
    );
  }
  if (supportedOnly && entry.withdrawn === true) {
    throw invalidParameterValue(
      `The runtime parameter of ${id} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
}

/**
 * @throws ServiceError InvalidParameterValueException when the runtime cannot start from a snapshot.
 * @see AWS Lambda Developer Guide, "Lambda SnapStart", supported features
 */
export function checkSnapStart(runtime: string, applyOn: 'None' | 'PublishedVersions'): void {
  if (applyOn === 'None' || startsFromSnapshot(runtime)) return;
  throw invalidParameterValue(`${runtime} is not supported for SnapStart enabled functions.`);
}

function startsFromSnapshot(runtime: string): boolean {
  switch (findRuntime(runtime)?.family) {
    case 'java':
      return !runtime.startsWith('java8');
    case 'python':
      return Number(runtime.slice('python3.'.length)) >= 12;
    case 'dotnet':
      return runtime === 'dotnet8' || runtime === 'dotnet10';
    default:
      return false;
  }
}
