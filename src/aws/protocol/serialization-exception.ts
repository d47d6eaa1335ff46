/** The front end's answer to a request that does not have the form of the model. */
import { ServiceError } from '../service-error.ts';

/** HTTP 400, raised before validation; AWS sends no `Type` with it. */
export const serializationException = (message: string, cause?: unknown): ServiceError =>
  new ServiceError('SerializationException', message, {
    type: null,
    status: 400,
    ...(cause === undefined ? {} : { cause }),
  });
