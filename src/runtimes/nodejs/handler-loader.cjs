/** Finds the function that a handler string names, as `src/orders.create` or `index.api.users`. */
'use strict';

const { statSync } = require('node:fs');
const { resolve } = require('node:path');
const { isStreaming } = require('./streaming-global.cjs');

const callbackRemoved =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
  'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
  'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/**
 * @param {string} root the folder of the function's code, `LAMBDA_TASK_ROOT`
 * @param {string} specifier `<path to file without extension>.<export>[.<member>…]`
 * @param {boolean} takesCallbacks whether this runtime still calls handlers with a callback
 * @returns {Promise<Function>}
 * @throws {Error} named `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError`,
 *   `Runtime.HandlerNotFound`, `Runtime.CallbackHandlerDeprecated`, or whatever the module threw while it ran
 */
async function loadHandler(root, specifier, takesCallbacks) {
  const { path, exportPath } = splitSpecifier(specifier);
  const module = await loadModule(root, path);
  let handler = module;
  for (const name of exportPath.split('.')) handler = handler?.[name];
  if (handler === undefined || handler === null) {
    throw runtimeError('Runtime.HandlerNotFound', `${specifier} is undefined or not exported`);
  }
  if (typeof handler !== 'function') throw runtimeError('Runtime.HandlerNotFound', `${specifier} is not a function`);
  if (!takesCallbacks && handler.length >= 3 && !isStreaming(handler)) {
    throw runtimeError('Runtime.CallbackHandlerDeprecated', callbackRemoved);
  }
  return handler;
}

function splitSpecifier(specifier) {
  if (specifier.includes('..')) {
    throw runtimeError(
      'Runtime.MalformedHandlerName',
      `'${specifier}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const nameStart = specifier.lastIndexOf('/') + 1;
  const dot = specifier.indexOf('.', nameStart);
  if (dot < 0) throw runtimeError('Runtime.MalformedHandlerName', 'Bad handler');
  return { path: specifier.slice(0, dot), exportPath: specifier.slice(dot + 1) };
}

async function loadModule(root, path) {
  const file = findFile(root, path);
  if (/\.[mc]?ts$/.test(file)) require('./typescript-imports.cjs').installTypeScriptImports();
  try {
    if (!/\.m[jt]s$/.test(file)) {
      const module = requireIfPossible(file);
      if (module !== needsImport) return module;
    }
    return await importModule(file);
  } catch (error) {
    throw loadFault(error);
  }
}

const needsImport = Symbol('needs import()');

/** `require` is the quicker way, and takes ES modules too on newer Node.js; a top-level `await` it cannot wait for. */
function requireIfPossible(file) {
  try {
    return require(file);
  } catch (error) {
    if (error?.code === 'ERR_REQUIRE_ESM' || error?.code === 'ERR_REQUIRE_ASYNC_MODULE') return needsImport;
    throw error;
  }
}

function importModule(file) {
  return import(require('node:url').pathToFileURL(file).href);
}

// Where Node.js strips types itself, sources are run as they are.
const extensions = ['.js', '.mjs', '.cjs', '', ...(process.features.typescript ? ['.ts', '.mts', '.cts'] : [])];

function findFile(root, path) {
  const candidate = resolve(root, path);
  for (const extension of extensions) {
    if (statSync(candidate + extension, { throwIfNoEntry: false })?.isFile()) return candidate + extension;
  }
  try {
    return require.resolve(path.startsWith('/') ? path : `./${path}`, { paths: [root] });
  } catch {
    return findPackage(root, path);
  }
}

function findPackage(root, path) {
  try {
    return require.resolve(path, { paths: [root] });
  } catch (error) {
    const missing = new Error(`Cannot find module '${path}'\nRequire stack:\n- ${runtimeEntry}`, { cause: error });
    missing.code = 'MODULE_NOT_FOUND';
    throw loadFault(missing);
  }
}

/** How AWS's runtime names itself in the list of files that led to a missing module. */
const runtimeEntry = '/var/runtime/index.mjs';

function loadFault(error) {
  if (error instanceof SyntaxError) return runtimeError('Runtime.UserCodeSyntaxError', String(error), error);
  if (error?.code !== 'MODULE_NOT_FOUND') return error;
  const ours = `- ${__dirname}/`;
  const lines = String(error).split('\n');
  const firstOfOurs = lines.findIndex((line) => line.startsWith(ours));
  const shown = lines.filter((line, index) => !line.startsWith(ours) || index === firstOfOurs);
  const message = shown.map((line) => (line.startsWith(ours) ? `- ${runtimeEntry}` : line)).join('\n');
  return runtimeError('Runtime.ImportModuleError', message, error);
}

function runtimeError(name, message, cause) {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = name;
  Error.captureStackTrace(error, runtimeError); // again, so that the stack opens with the name
  return error;
}

module.exports = { loadHandler };
