/** Lets `import` find packages of layers, where Node.js itself looks for `require` only; AWS's runtimes do so from 18 on. */
'use strict';

const { registerHooks } = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');

/** @param {readonly string[]} folders called `node_modules`, in the order in which they are searched */
function installImports(folders) {
  // As if the import stood beside the folder: so it is resolved by the rules for imports, `exports` included.
  const places = folders.map((folder) => pathToFileURL(join(dirname(folder), 'import.mjs')).href);
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !isPackage(specifier)) throw error;
        return resolveAt(places, specifier, context, next) ?? rethrow(error);
      }
    },
  });
}

function resolveAt(places, specifier, context, next) {
  for (const parentURL of places) {
    try {
      return next(specifier, { ...context, parentURL });
    } catch (error) {
      if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

/** Neither a path nor a URL nor one of the package's own (`#…`). */
const isPackage = (specifier) => !/^([./#]|[a-z][a-z0-9+.-]*:)/i.test(specifier);

/** The error that names the importing file, not the place that we made up. */
function rethrow(error) {
  throw error;
}

module.exports = { installImports };
