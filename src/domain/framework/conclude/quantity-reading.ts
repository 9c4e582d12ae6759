import { exact } from '../../kit/decimal.ts';
import { isMissing, type Missing, namesInTheWay } from '../../kit/value.ts';
import { earlierFact, earlierRateFact } from '../score/earlier-fact.ts';
import { isNumber, type Known } from '../score/fact-reader.ts';
import { surveyFact } from '../score/survey-fact.ts';
import { type ConditionReading, noScores } from './condition-reading.ts';
import type { Quantity } from './condition-syntax.ts';
import { layerWord } from './condition-words.ts';
import { type Bounded, calculated, known, type Range, turned, unknown } from './range.ts';
import type { ScoreView } from './score-view.ts';

/** The number that a condition asks for, with the range that it can still take. */
export function quantity(asked: Quantity, reading: ConditionReading): Bounded {
  switch (asked.kind) {
    case 'number':
      return known(asked.value);
    case 'negate': {
      const operand = quantity(asked.operand, reading);
      return operand === 'notApplicable' ? operand : turned(operand);
    }
    case 'arithmetic': {
      const [left, right] = [quantity(asked.left, reading), quantity(asked.right, reading)];
      if (left === 'notApplicable' || right === 'notApplicable') return 'notApplicable';
      return calculated(asked.operator, left, right);
    }
    case 'formula':
      return numberOf(reading.reader.valueOf(asked.formula, reading.yearsBack), reading);
    case 'survey':
      return survey(asked.survey, asked.measure, reading);
    case 'rate':
      if (reading.yearsBack > 0) return earlierRate(asked.code, reading);
      return reading.scores?.rate(asked.code) ?? unknown('scores', [asked.code]);
    case 'layer':
    case 'evaluation':
    case 'consecutive':
    case 'tenureMonths':
    case 'servedMonths':
    case 'repeatedNo':
      return reading.yearsBack > 0 ? 'notApplicable' : given(asked, reading);
    case 'targetsMissing':
      return reading.yearsBack > 0 ? 'notApplicable' : targetsMissing(reading);
    default:
      if (reading.yearsBack > 0) return 'notApplicable';
      return reading.scores === null ? unknown('scores', noScores.names) : scoreOf(asked, reading.scores);
  }
}

type ScoreQuantity = Exclude<
  Quantity,
  {
    kind:
      | 'number'
      | 'negate'
      | 'arithmetic'
      | 'formula'
      | 'survey'
      | 'rate'
      | 'layer'
      | 'evaluation'
      | 'consecutive'
      | 'tenureMonths'
      | 'servedMonths'
      | 'repeatedNo'
      | 'targetsMissing';
  }
>;

function scoreOf(asked: ScoreQuantity, scores: ScoreView): Bounded {
  switch (asked.kind) {
    case 'total':
      return scores.total();
    case 'base':
      return scores.base();
    case 'bonus':
      return scores.bonus();
    case 'failedMust':
      return scores.failedMust();
    case 'mustRate':
      return scores.leastMustRate();
    case 'mustNo':
      return scores.answered('no', 'must');
    case 'leaf':
      return scores.points(asked.code);
    case 'full':
      return scores.max(asked.code);
    case 'minRate':
      return scores.leastRate(asked.level);
    case 'options':
      return scores.answered(asked.option);
    case 'count':
      return scores.graded(asked.grade, asked.under);
  }
}

/** Words for what a person has to give, as they stand in `open`. */
const givenWords = { tenureMonths: '任职月数', servedMonths: '履职月数', repeatedNo: '连续判否次数' } as const;

function given(
  asked: Extract<Quantity, { kind: 'layer' | 'evaluation' | 'consecutive' | keyof typeof givenWords }>,
  { context, concluded, prepared, reader }: ConditionReading,
): Bounded {
  switch (asked.kind) {
    case 'layer': {
      const { total, ends } = context.layers?.[asked.layer] ?? {};
      if (total !== undefined) return known(typeof total === 'number' ? exact(total) : total);
      const names = [`${layerWord(asked.layer)}得分`];
      if (ends === undefined) return unknown('given', names);
      return { low: ends.from, high: ends.to, lack: { of: 'given', names } };
    }
    case 'evaluation': {
      const rounds = context.evaluations?.[asked.key];
      if (rounds === undefined) {
        const kept = reader.factOf(earlierFact(asked.key, asked.measure));
        return isNumber(kept) ? known(kept) : unknown('given', [`评估 ${asked.key} 的结果`]);
      }
      const figure = rounds[0]?.[asked.measure];
      return figure === undefined ? 'notApplicable' : known(exact(figure));
    }
    case 'consecutive': {
      if (concluded === null) return unknown('scores', noScores.names);
      if (!concluded.includes(asked.grade)) return known(exact(0));
      const earlier = context.evaluations?.[prepared.edition.key];
      if (earlier === undefined) return { low: exact(1), high: null, lack: { of: 'given', names: ['以前年度的结论'] } };
      const until = earlier.findIndex(({ grade }) => grade !== asked.grade);
      return known(exact(1 + (until === -1 ? earlier.length : until)));
    }
    default: {
      const number = context[asked.kind];
      return number === undefined ? unknown('given', [givenWords[asked.kind]]) : known(exact(number));
    }
  }
}

/** Leaves with a target by year of which no target is known: in the edition, or as a fact of the subject. */
function targetsMissing({ prepared, reader }: ConditionReading): Range {
  const open = prepared.leaves.flatMap(({ indicator: { method }, formula }) => {
    const byYear = method?.kind === 'bands' || method?.kind === 'linear' ? method.byYear : undefined;
    if (byYear === undefined || Object.values(byYear.targets).every((target) => target !== null)) return [];
    const targets = (formula?.fields ?? []).filter((name) => name.endsWith('目标值'));
    return targets.filter((name) => isMissing(reader.factOf(name)));
  });
  if (open.length === 0) return known(exact(0));
  return { low: exact(0), high: exact(open.length), lack: { of: 'given', names: [...new Set(open)] } };
}

/** A share or a mean of a survey: what its leaf has measured, else the fact of the survey. */
function survey(name: string, measure: 'share' | 'mean', reading: ConditionReading): Bounded {
  if (reading.yearsBack === 0 && reading.scores !== null) {
    const leaves = reading.scores.scored.leaves;
    for (const { indicator } of reading.prepared.leaves) {
      const { method } = indicator;
      if (method?.kind !== 'survey' || method.survey !== name || method.measure !== measure) continue;
      const leaf = leaves.find(({ code }) => code === indicator.code);
      if (leaf?.value) return known(leaf.value);
    }
  }
  return numberOf(reading.reader.factOf(surveyFact(name, measure), reading.yearsBack), reading);
}

function earlierRate(code: string, reading: ConditionReading): Bounded {
  const { key } = reading.prepared.edition;
  const rate = reading.reader.factOf(earlierRateFact(key, code), reading.yearsBack);
  return isNumber(rate) ? known(rate) : 'notApplicable';
}

function numberOf(value: Known | Missing, reading: ConditionReading): Bounded {
  if (isNumber(value)) return known(value);
  if (isMissing(value) && value.missing === 'not-applicable') return 'notApplicable';
  return unknown('given', isMissing(value) ? namesOf(value, reading.yearsBack) : []);
}

/** The facts in the way, with their year where it is not the assessed one. */
export function namesOf(value: Missing, yearsBack: number): string[] {
  return namesInTheWay(value).map((name) => (yearsBack === 0 ? name : `${name}（前 ${yearsBack} 年）`));
}
