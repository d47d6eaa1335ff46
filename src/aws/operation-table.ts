/** The table of a service's operations: each one has its function or says that it has none yet. */
import type { Call } from './call.ts';

/** Decoded, valid input in; the output to encode back. Throws a `ServiceError` for what the service refuses. */
export type Operation<Input, Output, OperationCall extends Call = Call> = (
  input: Input,
  call: OperationCall,
) => Output | Promise<Output>;

/** An operation's types, as the generated map of a service lists them. */
export interface OperationTypes {
  readonly input: unknown;
  readonly output: unknown;
}

/** Stands in the table for an operation that is not there yet: the gateway answers 501 and names it. */
export const notYet = 'not yet';
export type NotYet = typeof notYet;

/** Every operation of the service by its name: one that is missing does not compile. */
export type OperationTable<
  Operations extends { readonly [Name in keyof Operations]: OperationTypes },
  OperationCall extends Call = Call,
> = {
  readonly [Name in keyof Operations]:
    | Operation<Operations[Name]['input'], Operations[Name]['output'], OperationCall>
    | NotYet;
};
