/** Looks at a folder in every language in turn, and says what it looked for when it finds nothing. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExitCode } from '../cli-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { javaProject, programProject } from './compiled-projects.ts';
import { nodeProject } from './node-project.ts';
import { type Project, type ProjectFinder, ProjectFolder } from './project.ts';
import { pythonProject, rubyProject } from './scripted-projects.ts';

/** What the command line says in place of what would be found. */
export interface ProjectWishes {
  readonly runtime?: string;
  readonly handler?: string;
}

/** By the languages of their runtimes. */
const finders: Readonly<Record<string, ProjectFinder>> = {
  provided: programProject,
  nodejs: nodeProject,
  python: pythonProject,
  ruby: rubyProject,
  java: javaProject,
};

/** @throws CommandFailure when there is no such folder, or nothing in it that looks like a function. */
export async function findProject(path: string, { runtime, handler }: ProjectWishes): Promise<Project> {
  const folder = new ProjectFolder(resolve(path));
  const isFolder = await stat(folder.path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CommandFailure(`there is no folder ${folder.path}`, ExitCode.usage);
  if (runtime !== undefined && handler !== undefined) {
    return { folder: folder.path, runtime, handler, foundIn: 'the command line' };
  }
  const language = /^[a-z]+/.exec(runtime ?? '')?.[0];
  const wanted = Object.entries(finders).filter(([name]) => language === undefined || name === language);
  for (const [, finder] of wanted) {
    const project = await finder.find(folder);
    if (project !== undefined) return { ...project, ...(runtime && { runtime }), ...(handler && { handler }) };
  }
  const looked = wanted.map(([, { looksFor }]) => `  ${looksFor}`).join('\n');
  throw new CommandFailure(
    `no handler was found in ${folder.path}: name it with --runtime and --handler${looked && `. Looked for:\n${looked}`}`,
  );
}
