/** A handler with middleware and a structured logger as its users write it; handler `index.handler`. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';

const logger = new Logger({ serviceName: 'orders' });

const refuseEmptyOrders = () => ({
  before: ({ event }) => {
    if (!Array.isArray(event.items) || event.items.length === 0) throw new RangeError('an order needs items');
  },
});

export const handler = middy(async (event) => {
  logger.info('order received', { items: event.items.length });
  return { accepted: event.items };
})
  .use(injectLambdaContext(logger))
  .use(refuseEmptyOrders());
