import type { SecretsManagerOperations } from '../../../aws/generated/secretsmanager-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { invalidParameter } from '../secret-faults.ts';
import type { SecretStore } from '../secret-store.ts';

type Types = SecretsManagerOperations['GetRandomPassword'];

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** `GetRandomPassword`: with one character of each kind that is not excluded, unless told that this is not needed. */
export const getRandomPassword =
  (store: SecretStore): Operation<Types['input'], Types['output']> =>
  (input) => {
    const { PasswordLength = 32, ExcludeCharacters = '', RequireEachIncludedType = true } = input;
    const kinds = [
      input.ExcludeUppercase === true ? '' : upper,
      input.ExcludeLowercase === true ? '' : lower,
      input.ExcludeNumbers === true ? '' : digits,
      input.ExcludePunctuation === true ? '' : punctuation,
      input.IncludeSpace === true ? ' ' : '',
    ]
      .map((kind) => Array.from(kind).filter((character) => !ExcludeCharacters.includes(character)))
      .filter((kind) => kind.length > 0);
    if (kinds.length === 0) throw invalidParameter('There are no characters left to make a password of.');
    if (RequireEachIncludedType && PasswordLength < kinds.length) {
      throw invalidParameter('The password length is too short for one character of each included type.');
    }
    const pick = (from: readonly string[]): string => from[Math.floor(store.fraction() * from.length)] ?? '';
    const required = RequireEachIncludedType ? kinds.map(pick) : [];
    const rest = Array.from({ length: PasswordLength - required.length }, () => pick(kinds.flat()));
    const shuffled = [...required, ...rest].map((character) => ({ character, at: store.fraction() }));
    return {
      RandomPassword: shuffled
        .toSorted((a, b) => a.at - b.at)
        .map(({ character }) => character)
        .join(''),
    };
  };
