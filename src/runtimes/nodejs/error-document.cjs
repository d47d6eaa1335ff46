/** What becomes of a thrown value: the error document that the caller gets, and the longer one for the log. */
'use strict';

const { types } = require('node:util');

/** @returns {{ errorType: string, errorMessage: string, trace: string[] }} */
function errorDocument(thrown) {
  try {
    if (isError(thrown)) {
      return { errorType: String(thrown.name), errorMessage: String(thrown.message), trace: stackOf(thrown) };
    }
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}

/** JSON text with the error's own members, its cause and its stack. */
function loggedError(thrown) {
  try {
    return JSON.stringify(thrown, (_key, value) => (isError(value) ? loggedMembers(value) : value)) ?? String(thrown);
  } catch {
    return JSON.stringify(errorDocument(thrown)); // circular, a BigInt, or a getter that throws
  }
}

function loggedMembers(error) {
  const members = { errorType: error.name, errorMessage: error.message, ...error };
  if (error.cause !== undefined && !error.name.startsWith('Runtime.')) members.cause = error.cause;
  members.stack = stackOf(error);
  return members;
}

/** The stack as lines; of our own frames below the handler only the first, as AWS's runtime has but one. */
function stackOf(error) {
  if (typeof error.stack !== 'string') return [];
  const lines = error.stack.split('\n');
  const first = lines.findIndex(isOurs);
  return lines.filter((line, index) => index <= first || !isOurs(line));
}

function isOurs(line) {
  return line.startsWith('    at ') && line.includes(`${__dirname}/`);
}

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

module.exports = { errorDocument, loggedError };
