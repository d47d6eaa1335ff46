/** The parts of dynalite that are used, which come without types; `library.ts` says what they are. */
declare module 'dynalite/*' {
  const part: unknown;
  export default part;
}
