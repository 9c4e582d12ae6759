import { z } from 'zod';
import { asSoonAs, day, list, oneOf, parts, positive, text, truth, whole } from '../../kit/definition.shape.ts';
import { compulsoryLevels } from '../../org/school-level.ts';

/**
 * `provisional`: inputs are missing and the figures are those of the approved part; `unavailable`: there are no
 * figures.
 */
export const verdict = oneOf(['pass', 'fail', 'provisional', 'unavailable']);
export type Verdict = z.output<typeof verdict>;

const byLevel = parts({ primary: positive, junior: positive });
/** A figure for each level that is judged. */
export type ByLevel = z.output<typeof byLevel>;

/** Null where the standard says nothing; it may be left out. */
const limits = byLevel.nullable().default(null);

/** The document that a standard comes from; `effectiveTo` null while in force. */
const document = parts({
  title: text,
  number: text,
  issued: day,
  effectiveFrom: day,
  effectiveTo: day.nullable().default(null),
});

/**
 * One indicator: value = numerator · factor / denominator, evaluated for each school and level; the denominator is also
 * the weight of the school in 差异系数.
 */
const indicator = parts({
  key: text,
  name: text,
  /** For chart axes and narrow columns: 教学用房. */
  shortName: text,
  /** Formulas over the fields of a school. */
  numerator: text,
  denominator: text,
  factor: positive,
  unit: text,
  /** Material resources, which a combined school shares out among its stages. */
  split: truth,
  /** Limits of 差异系数. */
  limits,
  /** Thresholds of the single school. */
  thresholds: limits,
  /** Decimals of the official tables (表Ⅱ values, 表Ⅲ means). */
  decimals: whole(0, 10),
});
export type StandardIndicator = z.output<typeof indicator>;

const levelsNamed = { error: '应列出 primary、junior 中的至少一个' };

/** Leaves out the schools for which `when` (a formula over the fields of a school) holds; the first that holds counts. */
const exclusion = parts({
  levels: z.array(z.enum(compulsoryLevels, levelsNamed), levelsNamed).min(1, levelsNamed),
  when: text,
  reason: z.string({ error: '请填写原因' }).regex(/\S/, '请填写原因').pipe(text),
  /** Document number and what it says; absent where the city has added the exclusion itself. */
  source: text.optional(),
});

/**
 * What an assumption says of the set: at these levels the schools for which `when` holds are in it, or are not. The
 * exclusions decide who is in the set; a claim lets a run notice that its text no longer says what they do.
 */
const claim = parts({
  levels: z.array(z.enum(compulsoryLevels, levelsNamed), levelsNamed).min(1, levelsNamed),
  membership: oneOf(['included', 'excluded']),
  when: text,
});

/**
 * A question that the rules leave open, and this edition's answer; `concerns` finds the schools concerned. Definitions
 * stored before `claims` existed have none, and their runs repeat to the letter.
 */
const assumption = parts({
  text,
  concerns: text.nullable().default(null),
  claims: list(claim).optional(),
});
export type Claim = z.output<typeof claim>;

/** Rule for the single school: so many indicators reached, the rest at least at this share of the threshold. */
const compliance = parts({ minimumMet: whole(0, 10), minimumRatio: positive })
  .nullable()
  .default(null);

/** An edition of a balance standard, as kept in `reference/standards/` and as it travels; formulas are read later. */
export const balanceStandard = parts({
  key: text,
  name: text,
  document,
  indicators: list(indicator),
  /** 综合差异系数: limit of the mean of all 差异系数; null where the standard knows none. */
  compositeLimits: limits,
  compliance,
  /** How heavily a pupil of each stage weighs when a combined school's resources are split. */
  splitWeights: parts({ primary: positive, junior: positive, senior: positive }),
  /** The source of these weights. */
  splitSource: text.optional(),
  /** Decimals of 差异系数 in the official tables. */
  cvDecimals: whole(0, 10),
  exclusions: list(exclusion),
  assumptions: list(assumption),
  /** The name of each verdict. */
  verdictNames: parts({ pass: text, fail: text, provisional: text, unavailable: text }),
});
export type BalanceStandard = z.output<typeof balanceStandard>;

const refuse = (context: z.core.$RefinementCtx, path: PropertyKey[], message: string) =>
  context.addIssue({ code: 'custom', path, message });

/** A standard whose parts also agree with each other. */
export const soundStandard = balanceStandard
  .superRefine(
    ({ indicators }, context) => {
      if (indicators.length === 0) refuse(context, ['indicators'], '至少要有一项指标');
      const keys = indicators.map(({ key }) => key);
      const twice = keys.find((key, index) => keys.indexOf(key) !== index);
      if (twice !== undefined) refuse(context, ['indicators'], `指标代号“${twice}”重复`);
    },
    asSoonAs(parts({ indicators: list(parts({ key: text })) })),
  )
  .superRefine(
    ({ document: { effectiveFrom, effectiveTo } }, context) => {
      if (effectiveTo === null || effectiveTo >= effectiveFrom) return;
      refuse(context, ['document', 'effectiveTo'], '不能早于生效日期');
    },
    asSoonAs(parts({ document: parts({ effectiveFrom: day, effectiveTo: day }) })),
  )
  .superRefine(
    ({ compliance: rule, indicators }, context) => {
      if (rule === null) return;
      if (rule.minimumMet > indicators.length) refuse(context, ['compliance', 'minimumMet'], '不能超过指标的项数');
      if (rule.minimumRatio > 1) refuse(context, ['compliance', 'minimumRatio'], '不能大于 1');
      for (const [index, { thresholds }] of indicators.entries()) {
        if (thresholds !== null) continue;
        refuse(context, ['indicators', index, 'thresholds'], '有学校达标规则时每项指标都要有标准值');
      }
    },
    asSoonAs(parts({ compliance, indicators: list(parts({})) })),
  );

/**
 * A standard that is about to be added. That a county has reached balance is a recognition by the state; no computation
 * may claim it.
 */
export const newStandard = soundStandard.superRefine(
  ({ verdictNames }, context) => {
    for (const one of verdict.options) {
      if (!/达到.*均衡/.test(verdictNames[one].replace(/\s/g, ''))) continue;
      const sentence = '不能写“达到均衡”：是否达到由国家认定，测算结论只能说各项是否达标';
      refuse(context, ['verdictNames', one], sentence);
    }
  },
  asSoonAs(balanceStandard.pick({ verdictNames: true })),
);
