import type { Generator } from '#domain/kit/generator.ts';

/** Ids in the form of UUID version 7, from a generator and a day instead of the clock, so that a sample repeats. */
export function sampleIds(draw: Generator, from: string): { next(): string } {
  let time = Date.parse(from);
  const hex = (count: number) => Array.from({ length: count }, () => draw.integer(0, 15).toString(16)).join('');
  return {
    next() {
      time += draw.integer(1, 900);
      const stamp = time.toString(16).padStart(12, '0');
      const variant = '89ab'[draw.integer(0, 3)];
      return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
    },
  };
}
