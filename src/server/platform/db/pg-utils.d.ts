declare module 'pg/lib/utils.js' {
  const utils: {
    /** How `pg` writes a value of JavaScript as a parameter. */
    prepareValue(value: unknown): string | Buffer | null;
  };
  export default utils;
}
