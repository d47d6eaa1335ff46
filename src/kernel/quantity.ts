/** Units that are easily confused: times and sizes, each with its own brand. */
import type { Brand } from './brand.ts';

export type Milliseconds = Brand<number, 'Milliseconds'>;
export type Seconds = Brand<number, 'Seconds'>;
export type Bytes = Brand<number, 'Bytes'>;
/** Mebibytes (1,048,576 bytes), which AWS writes "MB". */
export type Megabytes = Brand<number, 'Megabytes'>;

export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const seconds = (value: number): Seconds => value as Seconds;
export const bytes = (value: number): Bytes => value as Bytes;
export const megabytes = (value: number): Megabytes => value as Megabytes;

export const secondsToMilliseconds = (value: Seconds): Milliseconds => milliseconds(value * 1000);
export const megabytesToBytes = (value: Megabytes): Bytes => bytes(value * 1024 * 1024);
