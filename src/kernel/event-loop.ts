/** The one place that waits for a turn of the event loop. */

/**
 * Runs `task` once all that the operating system had ready in this turn has been read. A process that writes to its
 * output and then answers over a socket has both ready by then, whichever of the two was read first.
 */
export function afterPoll(task: () => void): void {
  setImmediate(task);
}
