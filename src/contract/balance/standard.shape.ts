import { z } from 'zod';
import { balanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { list } from '#domain/kit/definition.shape.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { indicatorName, indicatorShortName, standardTitle } from '../kit/names.shape.ts';

export { balanceStandard };

/** A standard as somebody sends it: its names hold no invisible characters, so that they can be seen and found. */
export const revisedStandard = balanceStandard.extend({
  name: standardTitle,
  indicators: list(
    balanceStandard.shape.indicators.element.extend({ name: indicatorName, shortName: indicatorShortName }),
  ),
});

/** A condition that leaves schools out, with the document that it rests on. */
export const conditionBasis = balanceStandard.shape.exclusions.element
  .pick({ levels: true, when: true })
  .extend({ source: z.string() });

/** The edition of a standard that a figure was computed with. */
export const standardName = z.object({
  key: z.string(),
  revision: z.number().int(),
  /** As people name it: the text as shipped, or the city's own, each counted by itself. */
  edition: z.object({ kind: z.enum(['original', 'own']), number: z.number().int() }),
  name: z.string(),
  /** 优质均衡 2017: for tabs and lists. */
  shortName: z.string(),
  /** Document number, as in 教督〔2017〕6号. */
  document: z.string(),
});

/** The kind of test that a standard makes of each indicator; it decides what is drawn. */
export const standardKind = z.object({
  /** The mean of all CVs is limited (基本均衡), not each one. */
  composite: z.boolean(),
  /** Each school is judged as well (优质均衡). */
  compliance: z.boolean(),
});

/** One revision of a standard, as stored. */
export const standardRevision = standardName.extend({
  effectiveFrom: day.nullable(),
  effectiveTo: day.nullable(),
  source: z.string(),
  note: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  newest: z.boolean(),
  runs: z.number().int(),
});
