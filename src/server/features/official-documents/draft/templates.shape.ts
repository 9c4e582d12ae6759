import { z } from 'zod';
import { letterContent } from '#contract/official-documents/letters.ts';
import type { LetterKind } from '#domain/letter/state.ts';
import templates from '../../../../../reference/letters/templates.json' with { type: 'json' };
import type { LetterContent } from './draft.act.ts';

const shape = z.array(letterContent.omit({ seriesId: true, restricted: true }));

/** The text with which a letter of this kind begins; what is marked × is filled in by whoever drafts it. */
export function templateOf(kind: LetterKind): Omit<LetterContent, 'seriesId'> {
  const known = shape.parse(templates);
  const found = known.find((one) => one.kind === kind) ?? known.find((one) => one.kind === 'other')!;
  return { ...found, kind, restricted: false };
}
