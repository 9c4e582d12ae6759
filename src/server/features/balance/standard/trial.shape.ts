import type { z } from 'zod';
import type { revisionTrial, triedCounty } from '#contract/balance/balance.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { verdictText } from '../balance.words.ts';
import { type ComputedSide, idsOf, movesBetween } from '../run/school-moves.shape.ts';

export type RevisionTrial = z.output<typeof revisionTrial>;
type TriedCounty = z.output<typeof triedCounty>;
type Pair<T> = readonly [before: T, after: T];

/** The effect of a draft on one county. */
export function presentTriedCounty(
  county: { readonly id: number; readonly name: string },
  [earlier, later]: Pair<BalanceStandard>,
  [before, after]: Pair<ComputedSide>,
): TriedCounty {
  return {
    countyId: county.id,
    name: county.name,
    verdicts: [before.result.verdict, after.result.verdict],
    verdictTexts: [verdictText(earlier, before.result.verdict), verdictText(later, after.result.verdict)],
    missing: [lacking(before), lacking(after)],
    levels: compulsoryLevels.map((level) => {
      const { verdict, joined, left } = movesBetween(level, before, after);
      return {
        level,
        levelName: schoolLevelNames[level],
        verdicts: [...verdict],
        schools: [before.result.levels[level].schools, after.result.levels[level].schools],
        joined,
        left,
        flipped: flippedSchools(level, before, after),
      };
    }),
  };
}

function lacking({ result }: ComputedSide): number {
  return new Set(compulsoryLevels.flatMap((level) => result.levels[level].missing.map(({ code }) => code))).size;
}

/** Both sides have the same inputs, so a code is the same school in both. */
function flippedSchools(level: CompulsoryLevel, before: ComputedSide, after: ComputedSide) {
  const names = new Map(after.result.levels[level].included.map(({ code, name }) => [code, name]));
  const later = new Map(after.result.levels[level].compliance?.map(({ code, pass }) => [code, pass]));
  return (before.result.levels[level].compliance ?? []).flatMap(({ code, pass }) => {
    const other = later.get(code);
    if (other === undefined || other === pass) return [];
    const flip: [boolean | null, boolean | null] = [pass, other];
    return [{ schoolId: idsOf(before)(code), code: codeOfMark(code), name: names.get(code)!, pass: flip }];
  });
}
