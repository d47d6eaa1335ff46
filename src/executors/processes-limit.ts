/** How many processes and threads a function may have, in every executor. */

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (execution processes and threads) */
export const processLimit = 1024;

/** AWS allows this many open files. */
export const openFiles = 1024;
