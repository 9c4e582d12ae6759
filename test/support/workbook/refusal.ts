import { expect } from 'vitest';
import { isProblem } from '#domain/kit/problem.ts';
import { parseWorkbook } from '#platform/documents/workbook/parse.ts';
import { readLimits } from '#platform/documents/workbook-read.ts';
import { inMoments } from './moments.ts';

/**
 * How the reading of a workbook is refused, and how many ordinary tables were read in its time; the code is `read` where it is
 * not refused.
 */
export async function refusal(bytes: Uint8Array) {
  const { result, moments } = await inMoments(async () => {
    try {
      await parseWorkbook(bytes, readLimits);
    } catch (error) {
      if (isProblem(error)) return { code: error.code, sentence: error.message };
      throw error;
    }
    return { code: 'read', sentence: '' };
  });
  return { ...result, moments };
}

export const damaged = (sentence: string) => ({ code: 'import.damaged', sentence: expect.stringContaining(sentence) });
export const tooLarge = (sentence: string) => ({
  code: 'import.tooLarge',
  sentence: expect.stringContaining(sentence),
});

/** The same part repeated, with a different comment in each copy, so that its directory does not look like a bomb. */
export function varied(text: string, count: number): string {
  const block = 2000;
  const blocks = Array.from({ length: Math.ceil(count / block) }, (_, index) => {
    const marks = Array.from({ length: 12 }, (_, place) => (Math.sin(index * 12 + place) * 1e16).toString(36)).join('');
    return `${text.repeat(block)}<!--${marks}-->`;
  });
  return blocks.join('');
}
