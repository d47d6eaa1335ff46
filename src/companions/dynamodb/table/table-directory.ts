/** The tables of one account and region. */
import { parseArn } from '../../../aws/arn.ts';
import type { Scope } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { StreamCatalogue } from '../stream/stream-catalogue.ts';
import type { RequestTokens } from '../transaction/request-tokens.ts';
import type { Table } from './table.ts';

export class TableDirectory {
  readonly scope: Scope;
  readonly streams: StreamCatalogue;
  readonly tokens: RequestTokens;
  readonly #tables = new Map<string, Table>();

  constructor(scope: Scope, streams: StreamCatalogue, tokens: RequestTokens) {
    this.scope = scope;
    this.streams = streams;
    this.tokens = tokens;
  }

  /** @param name or ARN */
  readonly find = (name: string): Table | undefined => this.#tables.get(this.nameOf(name));

  /** @throws ServiceError when there is none */
  require(name: string): Table {
    const table = this.find(name);
    if (table === undefined) throw tableNotFound(this.nameOf(name));
    return table;
  }

  /** In the order of their names. */
  all(): readonly Table[] {
    return [...this.#tables.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  add(table: Table): void {
    this.#tables.set(table.name, table);
  }

  remove(table: Table): void {
    this.#tables.delete(table.name);
  }

  /** @returns What an ARN names, where it is one of a table here; anything else as it is. */
  nameOf(nameOrArn: string): string {
    const arn = parseArn(nameOrArn);
    if (arn === undefined) return nameOrArn;
    const { account, region } = this.scope;
    const isHere = arn.service === 'dynamodb' && arn.account === account && arn.region === region;
    const name = /^table\/([^/]+)$/.exec(arn.resource)?.[1];
    return isHere && name !== undefined ? name : nameOrArn;
  }
}

export const tableNotFound = (name: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`, {
    type: null,
  });
