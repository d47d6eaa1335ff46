/**
 * Which operation of a REST service in XML a request names: many share a method and a path, and are told apart by their
 * labels, by parameters of the query and by one header.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { membersOf, type OperationRow, type ServiceTable, structureNamed } from '../../service-table.ts';

export interface RequestHead {
  readonly method: string;
  /** Names of the labels that the request has a value for, `Bucket` for example. */
  readonly labels: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export type OperationMatcher = (head: RequestHead) => string | undefined;

interface Candidate {
  readonly operation: string;
  /** With a value where the template has one. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly string[];
}

/** Names the operation for people who read a log; no client has to send it. */
const operationHint = 'x-id';

/** Of those whose conditions hold, the one with the most of them. */
export function compileOperationMatcher(table: ServiceTable): OperationMatcher {
  const candidates = new Map<string, Candidate[]>();
  for (const [operation, row] of Object.entries(table.operations)) {
    const { key, candidate } = candidateOf(table, operation, row);
    candidates.set(key, [...(candidates.get(key) ?? []), candidate]);
  }
  for (const [key, all] of candidates) {
    candidates.set(
      key,
      all.toSorted((a, b) => conditions(b) - conditions(a)),
    );
  }
  return ({ method, labels, query, headers }) =>
    candidates.get(keyOf(method, labels))?.find((candidate) => holds(candidate, query, headers))?.operation;
}

const conditions = ({ parameters, headers }: Candidate): number => parameters.length + headers.length;
const keyOf = (method: string, labels: readonly string[]): string => `${method} ${labels.toSorted().join('/')}`;

const holds = ({ parameters, headers: needed }: Candidate, query: URLSearchParams, headers: IncomingHttpHeaders) =>
  parameters.every(([name, value]) => (value === '' ? query.has(name) : query.get(name) === value)) &&
  needed.every((name) => headers[name] !== undefined);

function candidateOf(table: ServiceTable, operation: string, { method, uri, input }: OperationRow) {
  const literals = [...new URLSearchParams(uri.split('?', 2)[1] ?? '')].filter(([name]) => name !== operationHint);
  const members = input === undefined ? [] : membersOf(structureNamed(table, input));
  const bound = (place: 'query' | 'header') =>
    members.flatMap(([name, member]) => (member.in === place && member.required === true ? [member.name ?? name] : []));
  const labels = members.flatMap(([name, member]) => (member.in === 'label' ? [name] : []));
  // Where the query says which operation is meant, a header that is missing is a fault of the request.
  const headers = literals.length > 0 ? [] : bound('header').map((name) => name.toLowerCase());
  const parameters = [...literals, ...bound('query').map((name) => [name, ''] as const)];
  return { key: keyOf(method, labels), candidate: { operation, parameters, headers } };
}
