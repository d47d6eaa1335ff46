/** Switches a table's stream on and off. */
import { validationException } from '../../../aws/service-error.ts';
import type { StreamCatalogue } from '../stream/stream-catalogue.ts';
import type { ViewType } from '../stream/table-stream.ts';
import type { Table } from './table.ts';

export interface StreamSpecification {
  readonly StreamEnabled: boolean | undefined;
  readonly StreamViewType?: ViewType | undefined;
}

/** @throws ServiceError for one that says nothing of sense */
export function checkStreamSpecification({ StreamEnabled, StreamViewType }: StreamSpecification): void {
  if (StreamEnabled === true && StreamViewType === undefined) {
    throw validationException(
      'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true',
    );
  }
  if (StreamEnabled !== true && StreamViewType !== undefined) {
    throw validationException(
      'One or more parameter values were invalid: StreamViewType must not be specified when StreamEnabled is false',
    );
  }
}

/** @throws ServiceError when the stream is already as it shall be; it has to be off before it can be another one */
export function checkStreamChange({ name, stream }: Table, { StreamEnabled }: StreamSpecification): void {
  const isEnabled = stream?.isEnabled === true;
  if (StreamEnabled === true && isEnabled) {
    throw validationException(`Table already has an enabled stream: TableName: ${name}`);
  }
  if (StreamEnabled !== true && !isEnabled) {
    throw validationException(`Table does not have an enabled stream: TableName: ${name}`);
  }
}

export function switchStream(table: Table, { StreamViewType }: StreamSpecification, streams: StreamCatalogue): void {
  if (StreamViewType === undefined) table.stream?.end();
  else table.stream = streams.begin(table, StreamViewType);
}
