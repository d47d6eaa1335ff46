/** Whether the message of a log event fits. */
export type MessageTest = (message: string) => boolean;

/** A pattern that does not follow the syntax. */
export class InvalidFilterPattern extends Error {
  override readonly name = 'InvalidFilterPattern';
}
