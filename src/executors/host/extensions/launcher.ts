/** The shell script that starts a function's extensions, and its runtime when it is told to. */
import { runtimesOwnVariables } from '../../runtimes-own-variables.ts';

/** Descriptors of the launcher: it hears and tells on one, extensions write to the other. */
export const launcherDescriptors = { control: 4, extensionOutput: 5 } as const;

/**
 * It stays beside the runtime, or the end of the runtime would be that of the extensions too, and keeps no end of the
 * output open, or that would never end. Each extension is waited for by a shell that nobody waits for: the runtime must
 * not find children that it did not start. The launcher's own remarks about killed processes are nobody's output.
 */
const script = `
exec 6>&2 2>/dev/null 3<&-
count=$1; shift; index=0
while [ "$index" -lt "$count" ]; do
  ( (
    exec 1>&5 6>&-
    unset ${runtimesOwnVariables.join(' ')}
    cd /
    "$1" </dev/null >&5 2>&5 4<&- 5>&-
    echo "extension $index $?" >&4
  ) & )
  index=$((index + 1)); shift
done
exec 5>&-
read -r start <&4 || exit 0
( exec "$@" 2>&6 4<&- 6>&- )
status=$?
exec 1>&- 6>&-
echo "runtime $status" >&4
read -r end <&4
`;

/** What comes before the runtime's program and its arguments. @param files the extensions', as the function sees them */
export const launcherOf = (files: readonly string[]): readonly string[] =>
  files.length === 0 ? [] : ['/bin/sh', '-c', script, 'launcher', String(files.length), ...files];
