/** The global `awslambda`, with which a function declares that it streams its response. */
'use strict';

const mark = Symbol.for('aws.lambda.runtime.handler.streaming');
const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** @see AWS Lambda developer guide, "Writing response streaming-enabled Lambda functions" */
function installStreaming(global) {
  global.awslambda = {
    streamifyResponse(handler, options) {
      handler[mark] = 'response';
      if (options?.highWaterMark !== undefined) handler[highWaterMark] = Number(options.highWaterMark);
      return handler;
    },
    get HttpResponseStream() {
      return require('./response-stream.cjs').HttpResponseStream;
    },
  };
}

function isStreaming(handler) {
  return handler[mark] === 'response';
}

module.exports = { installStreaming, isStreaming, highWaterMark };
