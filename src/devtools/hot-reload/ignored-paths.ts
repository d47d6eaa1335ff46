/** What comes and goes in a folder of code without being code: what version control, interpreters and editors keep. */
import { basename, relative, sep } from 'node:path';

const folders = new Set(['.git', '.hg', '.svn', '__pycache__', '.idea', '.vscode']);

/** Vim's swap files and its trial `4913`, Emacs' locks, and backups. */
const files = /^(?:\..*\.sw[a-z]|4913|\.#.*|#.*#|.*~|\.DS_Store)$/;

/** Whether no function can depend on it. */
export const isIgnored = (path: string, root: string): boolean =>
  files.test(basename(path)) ||
  relative(root, path)
    .split(sep)
    .some((name) => folders.has(name));
