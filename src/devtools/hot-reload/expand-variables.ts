/** Variables in a path, as templates carry them that are deployed from more than one machine. */

/** Replaces `$NAME` and `${NAME}` by their values; what has no value stays as it is written. */
export const expandVariables = (text: string, environment: Readonly<Record<string, string | undefined>>): string =>
  text.replace(
    /\$(?:(\w+)|\{([^{}]+)\})/g,
    (whole, plain: string | undefined, braced: string | undefined) => environment[plain ?? braced ?? ''] ?? whole,
  );
