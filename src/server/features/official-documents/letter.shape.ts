import type { z } from 'zod';
import type { letterSummary } from '#contract/official-documents/letters.shape.ts';
import type { ListedLetter } from './letter.list.store.ts';

export function summaryShape({
  draftedByName,
  handledByName,
  updatedAt,
  ...row
}: ListedLetter): z.output<typeof letterSummary> {
  const handled = handledByName === null ? {} : { handledBy: handledByName };
  return { ...row, draftedBy: draftedByName, ...handled, updatedAt: updatedAt.toISOString() };
}
