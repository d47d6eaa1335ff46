/** The parameters of every account and region. */
import { createCipheriv, randomBytes } from 'node:crypto';
import { formatArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { Clock } from '../../kernel/clock.ts';
import { dateOf } from '../../kernel/timestamp.ts';
import type { Parameter, ParameterVersion } from './parameter.ts';
import { parameterNotFound, versionNotFound } from './parameter-faults.ts';
import { parseReference } from './parameter-name.ts';

/** Source: Systems Manager user guide, "Working with parameter versions". */
const keptVersions = 100;

export interface FoundParameter {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
  /** As it was asked for, with its colon. */
  readonly selector: string | undefined;
}

export class ParameterStore {
  readonly #clock: Clock;
  readonly #parameters = new ScopedMap<Map<string, Parameter>>(() => new Map());
  /** What a SecureString is encrypted with: nobody but this daemon needs to read it again. */
  readonly #key = randomBytes(32);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    return dateOf(this.#clock.now());
  }

  /** In the order of their names. */
  all(scope: Scope): readonly Parameter[] {
    return [...this.#parameters.make(scope).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(scope: Scope, name: string): Parameter | undefined {
    return this.#parameters.get(scope)?.get(name);
  }

  /** @param text a name or ARN, perhaps with a version or a label @throws ServiceError when there is none */
  require(scope: Scope, text: string): FoundParameter {
    const { name, selector } = parseReference(text);
    const parameter = this.find(scope, name);
    if (parameter === undefined) throw parameterNotFound();
    const version = selected(parameter, selector);
    if (version === undefined) throw versionNotFound(selector ?? '');
    return { parameter, version, selector: selector === undefined ? undefined : `:${selector}` };
  }

  add(scope: Scope, name: string, version: ParameterVersion): Parameter {
    const parameters = this.#parameters.make(scope);
    const slash = name.startsWith('/') ? '' : '/';
    const parameter: Parameter = parameters.get(name) ?? {
      scope,
      name,
      arn: formatArn({ ...scope, service: 'ssm', resource: `parameter${slash}${name}` }),
      tags: new Map(),
      versions: [],
    };
    parameters.set(name, parameter);
    parameter.versions.push(version);
    if (parameter.versions.length > keptVersions) parameter.versions.shift();
    return parameter;
  }

  remove(scope: Scope, name: string): boolean {
    return this.#parameters.make(scope).delete(name);
  }

  encrypt(value: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = [nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString('base64');
  }
}

function selected({ versions }: Parameter, selector: string | undefined): ParameterVersion | undefined {
  if (selector === undefined) return versions.at(-1);
  if (/^\d+$/.test(selector)) return versions.find(({ version }) => version === Number(selector));
  return versions.find(({ labels }) => labels.has(selector));
}
