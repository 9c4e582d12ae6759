/**
 * The mobile number that a typed text means: eleven digits of mainland China (工信部《电信网编号计划》2017年版: 1, then 3 to 9), written
 * in full width, with spaces or hyphens, or behind +86. Null for anything else. Never throws.
 * @returns the eleven digits
 */
export function mobileNumber(typed: string): string | null {
  const bare = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^(?:\+86|0086|86)?(1[3-9]\d{9})$/.exec(bare)?.[1] ?? null;
}

/** A mobile number as it is shown, also to its owner: whoever looks over a shoulder reads no number. */
export function maskedMobile(number: string): string {
  return `${number.slice(0, 3)}****${number.slice(-4)}`;
}
