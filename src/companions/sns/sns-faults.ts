/** The refusals of SNS, as it words them. */
import { ServiceError } from '../../aws/service-error.ts';

export const topicNotFound = (): ServiceError => new ServiceError('NotFoundException', 'Topic does not exist');

export const subscriptionNotFound = (): ServiceError =>
  new ServiceError('NotFoundException', 'Subscription does not exist');

export const invalidParameter = (what: string): ServiceError =>
  new ServiceError('InvalidParameterException', `Invalid parameter: ${what}`);
