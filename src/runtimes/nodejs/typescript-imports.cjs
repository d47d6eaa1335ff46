/** Lets TypeScript sources import each other as their authors write it: without an extension, or with that of the output. */
'use strict';

const { registerHooks } = require('node:module');

const outputs = { '.js': '.ts', '.mjs': '.mts', '.cjs': '.cts' };

/** Only where the path itself leads nowhere: a JavaScript file that is there goes first. */
function installTypeScriptImports() {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isRelative(specifier) || !fromTypeScript(context.parentURL)) throw error;
        for (const source of sourcesOf(specifier)) {
          try {
            return next(source, context);
          } catch {
            // The next form, and in the end the error that names what the author wrote.
          }
        }
        throw error;
      }
    },
  });
}

function sourcesOf(specifier) {
  const extension = /\.[mc]?js$/.exec(specifier)?.[0];
  if (extension !== undefined) return [specifier.slice(0, -extension.length) + outputs[extension]];
  return [`${specifier}.ts`, `${specifier}/index.ts`];
}

const isRelative = (specifier) => /^\.{1,2}(\/|$)/.test(specifier);

const fromTypeScript = (url) => /\.[mc]?ts$/.test(url ?? '');

module.exports = { installTypeScriptImports };
