/** The shell script that keeps a container for its extensions, and starts the runtime in it when it is told to. */

/**
 * It stays when the runtime has ended, or that would end the extensions too. What it has to tell goes where the runtime
 * writes, so that it comes after all of it: both outputs of the runtime are one. A request to stop is passed on; before
 * there is a runtime it means nothing. Without its input, which the daemon holds, there is nobody to keep anything for.
 */
const script = `
exec 2>/dev/null
mark=$1; shift
trap '' TERM
read -r start || exit 0
trap 'asked=yes; kill -TERM "$runtime"' TERM
( exec "$@" </dev/null 2>&1 ) &
runtime=$!
wait "$runtime"; status=$?
while [ -n "$asked" ]; do
  asked=; wait "$runtime"; again=$?
  [ "$again" -eq 127 ] || status=$again
done
trap '' TERM
printf '\\0%s %d\\n' "$mark" "$status"
read -r end
`;

/** What comes before the runtime's program and its arguments. @param mark by which its report is known */
export const containerLauncher = (mark: string): readonly string[] => ['/bin/sh', '-c', script, 'launcher', mark];

/** What tells it to start the runtime. */
export const startRuntime = 'start\n';
