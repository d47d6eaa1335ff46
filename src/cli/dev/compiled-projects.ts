/** Functions that are built before they run: programs of their own, and classes of Java. */
import { posix } from 'node:path';
import { CommandFailure } from '../command-failure.ts';
import type { Project, ProjectFinder, ProjectFolder } from './project.ts';

export const programProject: ProjectFinder = {
  looksFor: 'a program named "bootstrap"',
  async find(folder) {
    if (await folder.isProgram('bootstrap')) {
      return { folder: folder.path, runtime: 'provided.al2023', handler: 'bootstrap', foundIn: 'bootstrap' };
    }
    if (await folder.has('bootstrap')) {
      throw new CommandFailure(`${posix.join(folder.path, 'bootstrap')} cannot be executed: type "chmod +x" before it`);
    }
    for (const [file, command] of builds) {
      if (await folder.has(file)) {
        throw new CommandFailure(`${folder.path} has a ${file} and no program named "bootstrap" yet: ${command}`);
      }
    }
    return undefined;
  },
};

const builds = [
  ['go.mod', 'build it with "CGO_ENABLED=0 go build -o bootstrap ."'],
  ['Cargo.toml', 'build it with "cargo lambda build --release" and name the folder that the program is in'],
] as const;

/** Where the builds of Java put what they compile. */
const classFolders: Readonly<Record<string, string>> = {
  'pom.xml': 'target/classes',
  'build.gradle': 'build/classes/java/main',
  'build.gradle.kts': 'build/classes/java/main',
};

const sources = 'src/main/java';

export const javaProject: ProjectFinder = {
  looksFor: 'a class with "handleRequest" below src/main/java, beside pom.xml or build.gradle',
  async find(folder) {
    for (const [build, classes] of Object.entries(classFolders)) {
      if (!(await folder.has(build))) continue;
      const handler = await javaHandler(folder);
      if (handler !== undefined) return javaProjectOf(folder, classes, handler);
    }
    return undefined;
  },
};

interface JavaHandler {
  readonly file: string;
  readonly className: string;
}

async function javaProjectOf(
  folder: ProjectFolder,
  classes: string,
  { file, className }: JavaHandler,
): Promise<Project> {
  const compiled = `${classes}/${className.replaceAll('.', '/')}.class`;
  if (!(await folder.has(compiled))) {
    throw new CommandFailure(`${file} is not compiled yet: build the project, so that there is ${compiled}`);
  }
  return {
    folder: posix.join(folder.path, classes),
    runtime: 'java21',
    handler: `${className}::handleRequest`,
    foundIn: file,
  };
}

async function javaHandler(folder: ProjectFolder): Promise<JavaHandler | undefined> {
  for (const file of await folder.filesBelow(sources)) {
    if (!file.endsWith('.java')) continue;
    const source = (await folder.text(file)) ?? '';
    if (!/\bhandleRequest\s*\(/.test(source)) continue;
    const packageName = /^\s*package\s+([\w.]+)\s*;/m.exec(source)?.[1];
    const name = posix.basename(file, '.java');
    return { file, className: packageName === undefined ? name : `${packageName}.${name}` };
  }
  return undefined;
}
