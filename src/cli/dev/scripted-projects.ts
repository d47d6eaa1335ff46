/** Functions in Python and Ruby, in the files that tools and examples put them in. */
import { posix } from 'node:path';
import type { ProjectFinder, ProjectFolder } from './project.ts';

interface ScriptLanguage {
  readonly extension: string;
  readonly names: readonly string[];
  /** Finds the handler's name. */
  readonly definition: RegExp;
  readonly versionFile: string;
  /** Versions that there are runtimes for, the usual one first. */
  readonly versions: readonly string[];
  readonly runtime: string;
  /** Prints the version of the machine's own interpreter. */
  readonly interpreter: readonly [program: string, ...args: string[]];
}

const folders = ['', 'src', 'app'];
const names = ['lambda_function', 'app', 'handler', 'main', 'index', 'function', 'lambda_handler'];

const python: ScriptLanguage = {
  extension: '.py',
  names,
  definition: /^(?:async\s+)?def\s+(lambda_handler|handler|main)\s*\(|^(lambda_handler|handler)\s*=/m,
  versionFile: '.python-version',
  versions: ['3.13', '3.14', '3.12', '3.11', '3.10', '3.9'],
  runtime: 'python',
  interpreter: ['python3', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'],
};

const ruby: ScriptLanguage = {
  extension: '.rb',
  names,
  definition: /^def\s+(lambda_handler|handler|main)\b/m,
  versionFile: '.ruby-version',
  versions: ['3.4', '3.3', '3.2'],
  runtime: 'ruby',
  interpreter: ['ruby', '-e', 'print RUBY_VERSION[/\\d+\\.\\d+/]'],
};

export const pythonProject = finderOf(python, '"def lambda_handler" or "def handler"');
export const rubyProject = finderOf(ruby, '"def lambda_handler" or "def handler"');

function finderOf(language: ScriptLanguage, what: string): ProjectFinder {
  const { extension, definition } = language;
  return {
    looksFor: `${what} in ${language.names.join(', ')} (${extension}), there or in ${folders.slice(1).join(', ')}`,
    async find(folder) {
      for (const file of folders.flatMap((at) => language.names.map((name) => posix.join(at, `${name}${extension}`)))) {
        const [, defined, assigned] = definition.exec((await folder.text(file)) ?? '') ?? [];
        const handler = defined ?? assigned;
        if (handler === undefined) continue;
        const runtime = `${language.runtime}${await versionFor(folder, language)}`;
        return {
          folder: folder.path,
          runtime,
          handler: `${file.slice(0, -extension.length)}.${handler}`,
          foundIn: file,
        };
      }
      return undefined;
    },
  };
}

/** What the project asks for, else what this machine has, else the usual one. */
async function versionFor(
  folder: ProjectFolder,
  { versionFile, versions, interpreter }: ScriptLanguage,
): Promise<string> {
  const asked = /\d+\.\d+/.exec((await folder.text(versionFile)) ?? '')?.[0];
  const known = (version: string | undefined): version is string => version !== undefined && versions.includes(version);
  if (known(asked)) return asked;
  const own = await outputOf(interpreter);
  return known(own) ? own : (versions[0] ?? '');
}

async function outputOf([program, ...args]: ScriptLanguage['interpreter']): Promise<string | undefined> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5000 }, (error, stdout) => resolve(error === null ? stdout.trim() : undefined));
  });
}
