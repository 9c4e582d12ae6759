import { daysIn, type Span } from './days.ts';
import { countiesIn, type KnownUnit, meansCityManaged, officesIn } from './named-units.ts';
import { headOf, type Piece, piecesOf } from './pieces.ts';
import type { CountyReach, ItemUnit } from './plan.ts';
import { writtenText } from './written-text.ts';

/** One task of a plan: what the plan says, and what was understood of it. */
export interface RecognisedItem extends Span {
  /** The heading above it, without its number; null where the plan has none. */
  readonly heading: string | null;
  /** The number of its point; tasks of one point share it. */
  readonly number: string | null;
  readonly text: string;
  readonly countyReach: CountyReach;
  /** Whether it is about the schools directly under the city. */
  readonly cityManaged: boolean;
  readonly units: readonly ItemUnit[];
}

export interface RecognisedPlan {
  readonly title: string | null;
  readonly documentNumber: string | null;
  readonly year: number | null;
  readonly pieces: readonly Piece[];
  readonly items: readonly RecognisedItem[];
}

/** What a task says of counties, offices and days. */
export function understand(text: string, year: number, known: readonly KnownUnit[]) {
  const { reach, units } = countiesIn(text, known);
  return {
    countyReach: reach,
    cityManaged: meansCityManaged(text),
    units: [...officesIn(text, known), ...units],
    ...daysIn(text, year),
  };
}

/**
 * Recognises the items of a pasted plan.
 * @param year the year of the plan where the text does not say it
 */
export function recognisePlan(text: string, year: number, known: readonly KnownUnit[]): RecognisedPlan {
  const pieces = piecesOf(text);
  const head = headOf(pieces);
  let heading: string | null = null;
  let number: string | null = null;
  const items: RecognisedItem[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'heading') {
      heading = writtenText(piece.text).replace(/^[一二三四五六七八九十]+[、．.]/, '') || null;
      number = null;
    }
    if (piece.kind === 'number') number = piece.number ?? null;
    const said = writtenText(piece.text);
    if (piece.kind === 'task' && said !== '') {
      items.push({ heading, number, text: said, ...understand(said, head.year ?? year, known) });
    }
  }
  return { ...head, pieces, items };
}
