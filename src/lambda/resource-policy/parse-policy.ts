/** Reads a policy document as PutResourcePolicy takes it, and says what is wrong with it. */
import type { ServiceError } from '../../aws/service-error.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { isConditionOperator } from '../permission/evaluate-condition.ts';
import type { PolicyDocument, PolicyStatement } from '../permission/policy-document.ts';

const versions = ['2012-10-17', '2008-10-17'];
const documentMembers = ['Version', 'Id', 'Statement'];
const statementMembers = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * Statements come out as a list, with their members as they were written.
 * @param resource ARN of the function, version or alias: statements must be about it, or about what it has below it.
 * @throws ServiceError InvalidParameterValueException
 */
export function parsePolicy(text: string, resource: string): PolicyDocument {
  const document = recordOf(jsonOf(text), 'The policy');
  onlyMembers(document, documentMembers, 'The policy');
  const { Version, Id, Statement } = document;
  if (Version !== undefined && !versions.some((known) => known === Version)) {
    throw malformed('Version must be 2012-10-17.');
  }
  if (Id !== undefined && typeof Id !== 'string') throw malformed('Id must be a string.');
  const given: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  if (Statement === undefined || given.length === 0) throw malformed('The policy must have at least one statement.');
  const statements = given.map((statement) => checkedStatement(statement, resource));
  const ids = statements.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
  if (new Set(ids).size < ids.length) throw malformed('Statement ids (Sid) in a single policy must be unique.');
  return {
    Version: typeof Version === 'string' ? Version : '2008-10-17',
    ...(Id === undefined ? {} : { Id }),
    Statement: statements,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed('It is not valid JSON.');
  }
}

function checkedStatement(given: unknown, resource: string): PolicyStatement {
  const statement = recordOf(given, 'A statement');
  onlyMembers(statement, statementMembers, 'A statement');
  const { Sid, Effect, Condition } = statement;
  if (Sid !== undefined && (typeof Sid !== 'string' || !/^[a-zA-Z0-9-_.]*$/.test(Sid))) throw malformed('Invalid Sid.');
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Effect must be Allow or Deny.');
  checkPrincipal(oneOf(statement, 'Principal', 'NotPrincipal'));
  for (const action of textsOf(oneOf(statement, 'Action', 'NotAction'), 'Action')) {
    if (!/^(\*|lambda:[a-zA-Z*?]+)$/i.test(action)) throw malformed(`The action ${action} is not one of Lambda's.`);
  }
  for (const named of textsOf(oneOf(statement, 'Resource', 'NotResource'), 'Resource')) {
    if (!isAbout(resource, named)) {
      throw malformed(`The resource ${named} is not the one that the policy is attached to.`);
    }
  }
  if (Condition !== undefined) checkCondition(Condition);
  // Every member was checked above.
  return statement as unknown as PolicyStatement;
}

/** Everything, the function, or its versions and aliases, whose ARNs begin like its own. */
function isAbout(resource: string, named: string): boolean {
  const owner = resource.split(':').slice(0, 7).join(':');
  return ['*', owner, `${owner}*`].includes(named) || named.startsWith(`${owner}:`);
}

function oneOf(statement: Readonly<Record<string, unknown>>, name: string, excluded: string): unknown {
  if ((statement[name] === undefined) === (statement[excluded] === undefined)) {
    throw malformed(`A statement must have either ${name} or ${excluded}.`);
  }
  return statement[name] ?? statement[excluded];
}

function checkPrincipal(principal: unknown): void {
  if (principal === '*') return;
  const kinds = Object.entries(recordOf(principal, 'Principal'));
  if (kinds.length === 0) throw malformed('Principal must not be empty.');
  for (const [kind, names] of kinds) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind)) {
      throw malformed(`The principal type ${kind} is not known.`);
    }
    textsOf(names, 'Principal');
  }
}

function checkCondition(condition: unknown): void {
  for (const [operator, keys] of Object.entries(recordOf(condition, 'Condition'))) {
    if (!isConditionOperator(operator)) throw malformed(`The condition operator ${operator} is not known.`);
    for (const [key, values] of Object.entries(recordOf(keys, `Condition ${operator}`))) {
      const given: readonly unknown[] = Array.isArray(values) ? values : [values];
      if (given.some((value) => !['string', 'number', 'boolean'].includes(typeof value))) {
        throw malformed(`The values of the condition key ${key} must be strings.`);
      }
    }
  }
}

function textsOf(value: unknown, what: string): readonly string[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = given.filter((text): text is string => typeof text === 'string' && text !== '');
  if (texts.length === 0 || texts.length < given.length) throw malformed(`${what} must be a string or a list of them.`);
  return texts;
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(`${what} must be an object.`);
  return value as Readonly<Record<string, unknown>>;
}

function onlyMembers(given: object, known: readonly string[], what: string): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other !== undefined) throw malformed(`${what} has no element ${other}.`);
}

const malformed = (reason: string): ServiceError => invalidParameterValue(`The provided policy is invalid. ${reason}`);
