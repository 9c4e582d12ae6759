/** Says how far something is, once a second from the second one on. */
export function sayProgress(
  say: (sentence: string) => void,
  now: () => number = Date.now,
): (sentence: () => string) => void {
  let last = now();
  return (sentence) => {
    if (now() - last < 1_000) return;
    last = now();
    say(sentence());
  };
}

export const inMegabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;
