/** Is the Node.js that runs this one that the daemon supports? */
import type { Check } from './check.ts';

const OLDEST_MAJOR = 24;

export const nodeCheck: Check = async () => {
  const { node } = process.versions;
  const supported = Number.parseInt(node, 10) >= OLDEST_MAJOR;
  return [
    supported
      ? { name: 'Node.js', status: 'ok', detail: `${node}, which also runs nodejs* functions` }
      : { name: 'Node.js', status: 'fail', detail: `${node} is older than ${OLDEST_MAJOR}`, fix: 'npm ci' },
  ];
};
