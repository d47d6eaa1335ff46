/** The errors of Amazon SQS that its model does not hold, and those that many operations answer. */
import { ServiceError } from '../../aws/service-error.ts';

/** Source: Amazon SQS API reference, "Common Errors". */
export const invalidParameter = (message: string): ServiceError => new ServiceError('InvalidParameterValue', message);

/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: …` */
export const invalidValue = (value: string | number, parameter: string, reason: string): ServiceError =>
  invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

/** The parameter is for the other kind of queue. */
export const notForThisType = (value: string | number, parameter: string): ServiceError =>
  invalidValue(value, parameter, 'The request include parameter that is not valid for this queue type.');

export const missingParameter = (parameter: string): ServiceError =>
  new ServiceError('MissingParameter', `The request must contain the parameter ${parameter}.`);

export const queueDoesNotExist = (): ServiceError =>
  new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');

export const invalidAttributeValue = (name: string): ServiceError =>
  new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);

export const unknownAttribute = (name: string): ServiceError =>
  new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`);

export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message);
