/** One log line in the JSON log format. Source: AWS Lambda developer guide, "Configuring JSON and plain text log formats". */
'use strict';

const { format } = require('node:util');

function jsonLine(timestamp, level, requestId, values) {
  const line = { timestamp, level, requestId };
  if (values.length === 1) {
    line.message = values[0];
    try {
      return JSON.stringify(line, withErrors);
    } catch {
      line.message = format(values[0]); // circular, or with a BigInt
      return JSON.stringify(line);
    }
  }
  line.message = format(...values);
  const error = values.find((value) => value instanceof Error);
  return JSON.stringify(error === undefined ? line : { ...line, ...errorFields(error) });
}

function withErrors(_key, value) {
  return value instanceof Error ? errorFields(value) : value;
}

function errorFields(error) {
  return {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}

module.exports = { jsonLine };
