/** The labels by which people and later daemons tell whose a container is. */

export const functionLabel = 'lambdad.function';
export const versionLabel = 'lambdad.version';
export const environmentLabel = 'lambdad.environment';

/** The stamp of the daemon's process. */
export const daemonLabel = 'lambdad.daemon';
/** The machine on which that process runs. */
export const hostLabel = 'lambdad.host';
/** The container in which it runs, if it does. */
export const daemonContainerLabel = 'lambdad.daemon-container';

export function daemonLabels(
  stamp: string,
  host: string,
  container: string | undefined,
): Readonly<Record<string, string>> {
  return {
    [daemonLabel]: stamp,
    [hostLabel]: host,
    ...(container === undefined ? {} : { [daemonContainerLabel]: container }),
  };
}
