/** Functions in JavaScript and TypeScript, which run as they are written. */
import { posix } from 'node:path';
import type { Project, ProjectFinder, ProjectFolder } from './project.ts';

const folders = ['', 'src', 'lib', 'dist', 'build'];
const names = ['index', 'app', 'handler', 'lambda', 'main', 'function', 'server'];
const extensions = ['.ts', '.mts', '.js', '.mjs', '.cjs'];
/** In this order, whichever a file exports. */
const handlers = ['handler', 'lambdaHandler', 'lambda_handler', 'main', 'default'];

const majors = ['24', '22', '20', '18'];
const newest = '24';

export const nodeProject: ProjectFinder = {
  looksFor: `an exported "handler" in ${names.join(', ')} (${extensions.join(', ')}), there or in ${folders.slice(1).join(', ')}, or in what package.json names as "main"`,
  async find(folder) {
    for (const file of [...(await mainOf(folder)), ...usualFiles()]) {
      const source = await folder.text(file);
      const handler = source === undefined ? undefined : exportedHandler(source);
      if (handler === undefined) continue;
      return projectOf(folder, file, handler, await majorOf(folder));
    }
    return undefined;
  },
};

function projectOf({ path }: ProjectFolder, file: string, handler: string, major: string): Project {
  const module = file.slice(0, file.length - posix.extname(file).length);
  return { folder: path, runtime: `nodejs${major}.x`, handler: `${module}.${handler}`, foundIn: file };
}

const usualFiles = (): readonly string[] =>
  folders.flatMap((folder) =>
    names.flatMap((name) => extensions.map((extension) => posix.join(folder, `${name}${extension}`))),
  );

/** Where package.json says that the package begins; what is built of a source may not be there yet. */
async function mainOf(folder: ProjectFolder): Promise<readonly string[]> {
  const main = mainIn((await folder.text('package.json')) ?? '{}');
  if (main === undefined) return [];
  const file = posix.normalize(main);
  if (file.startsWith('..') || posix.isAbsolute(file)) return [];
  return posix.extname(file) === '' ? extensions.map((extension) => `${file}${extension}`) : [file];
}

function mainIn(manifest: string): string | undefined {
  try {
    const value: unknown = JSON.parse(manifest);
    if (typeof value !== 'object' || value === null || !('main' in value)) return undefined;
    return typeof value.main === 'string' ? value.main : undefined;
  } catch {
    return undefined;
  }
}

async function majorOf(folder: ProjectFolder): Promise<string> {
  const asked = (await folder.text('.nvmrc')) ?? (await folder.text('.node-version')) ?? '';
  const major = /^v?(\d+)/.exec(asked.trim())?.[1];
  return major !== undefined && majors.includes(major) ? major : newest;
}

/** Read from the text: to run it would be to run the function. */
export function exportedHandler(source: string): string | undefined {
  const text = source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
  return handlers.find((name) => exportsName(text, name));
}

function exportsName(text: string, name: string): boolean {
  if (name === 'default') return /^\s*export\s+default\b/m.test(text);
  const forms = [
    `(?:^|[^\\w.])(?:module\\.)?exports\\.${name}\\s*=[^=]`,
    `^\\s*export\\s+(?:const|let|var|(?:async\\s+)?function\\*?)\\s+${name}\\b`,
    `^\\s*export\\s*\\{[^}]*?(?:\\bas\\s+)?\\b${name}\\s*[,}]`,
    `module\\.exports\\s*=\\s*\\{[^}]*?\\b${name}\\b\\s*[,:(}]`,
  ];
  return forms.some((form) => new RegExp(form, 'm').test(text));
}
