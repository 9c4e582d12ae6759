import type { z } from 'zod';
import type { letterSummary } from '#contract/official-documents/letters.shape.ts';
import type { ListedLetter } from './letter.list.store.ts';

export function summaryShape({ draftedByName, updatedAt, ...row }: ListedLetter): z.output<typeof letterSummary> {
  return { ...row, draftedBy: draftedByName, updatedAt: updatedAt.toISOString() };
}
