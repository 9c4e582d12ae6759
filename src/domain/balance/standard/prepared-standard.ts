import { type Formula, formula } from '../../formula/formula.ts';
import { divideUnits, parseUnit, sameKind, unitText } from '../../formula/unit.ts';
import { type FormulaField, vocabulary } from '../../formula/vocabulary.ts';
import { isProblem, problem } from '../../kit/problem.ts';
import { type CompulsoryLevel, schoolLevelNames } from '../../org/school-level.ts';
import type { BalanceStandard, Claim, StandardIndicator } from './standard.shape.ts';

/** An indicator with its formulas read for one level. */
export interface PreparedIndicator extends StandardIndicator {
  readonly numeratorFormula: Formula;
  readonly denominatorFormula: Formula;
  readonly limit: number | null;
  readonly threshold: number | null;
}

/** What a run needs for one level. */
export interface PreparedLevel {
  readonly level: CompulsoryLevel;
  readonly indicators: readonly PreparedIndicator[];
  readonly exclusions: ReadonlyArray<{ readonly when: Formula; readonly reason: string }>;
  readonly compositeLimit: number | null;
}

/** A claim of an assumption with its formula read for each of its levels. */
export interface PreparedClaim {
  readonly membership: Claim['membership'];
  readonly when: ReadonlyArray<{ readonly level: CompulsoryLevel; readonly formula: Formula }>;
}

export interface PreparedAssumption {
  readonly text: string;
  readonly concerns: Formula | null;
  readonly claims: readonly PreparedClaim[];
}

/** A standard whose formulas have been parsed. It is prepared once and used for many counties. */
export interface PreparedStandard {
  readonly standard: BalanceStandard;
  readonly levels: Readonly<Record<CompulsoryLevel, PreparedLevel>>;
  readonly assumptions: readonly PreparedAssumption[];
  /** Every field that a run reads from a filing. A table must have these headings. */
  readonly fields: readonly string[];
}

/**
 * Reads all formulas of a standard against the fields that schools file and checks each factor against the units.
 * @throws Problem `standard.invalid` with every formula that is wrong
 */
export function prepareStandard(standard: BalanceStandard, fields: readonly FormulaField[]): PreparedStandard {
  const issues: Array<{ path: string; message: string }> = [];
  const read = (source: string, path: string, type: 'number' | 'truth', level?: CompulsoryLevel): Formula => {
    try {
      return formula(source, vocabulary(fields, level), { type });
    } catch (error) {
      if (!isProblem(error)) throw error;
      issues.push({ path: level ? `${path}（${schoolLevelNames[level]}）` : path, message: error.message });
      return formula(type === 'truth' ? '假' : '0', vocabulary([]), { type });
    }
  };

  const prepareLevel = (level: CompulsoryLevel): PreparedLevel => ({
    level,
    indicators: standard.indicators.map((indicator, index) => {
      const at = `indicators[${index}]`;
      const prepared: PreparedIndicator = {
        ...indicator,
        numeratorFormula: read(indicator.numerator, `${at}.numerator`, 'number', level),
        denominatorFormula: read(indicator.denominator, `${at}.denominator`, 'number', level),
        limit: indicator.limits?.[level] ?? null,
        threshold: indicator.thresholds?.[level] ?? null,
      };
      const fault = unitFault(prepared);
      if (fault) issues.push({ path: `${at}.factor`, message: fault });
      return prepared;
    }),
    exclusions: standard.exclusions.flatMap((exclusion, index) =>
      exclusion.levels.includes(level)
        ? [{ when: read(exclusion.when, `exclusions[${index}].when`, 'truth', level), reason: exclusion.reason }]
        : [],
    ),
    compositeLimit: standard.compositeLimits?.[level] ?? null,
  });

  const levels = { primary: prepareLevel('primary'), junior: prepareLevel('junior') };
  const assumptions = standard.assumptions.map((assumption, index) => ({
    text: assumption.text,
    concerns:
      assumption.concerns === null ? null : read(assumption.concerns, `assumptions[${index}].concerns`, 'truth'),
    claims: (assumption.claims ?? []).map(({ membership, levels: at, when }, place) => ({
      membership,
      when: at.map((level) => ({
        level,
        formula: read(when, `assumptions[${index}].claims[${place}].when`, 'truth', level),
      })),
    })),
  }));
  if (issues.length > 0) throw problem('standard.invalid', { key: standard.key, issues });
  const concerned = assumptions.flatMap(({ concerns, claims }) => [
    ...(concerns?.fields ?? []),
    ...claims.flatMap(({ when }) => when.flatMap(({ formula: of }) => of.fields)),
  ]);
  return { standard, levels, assumptions, fields: [...new Set([...fieldsRead(Object.values(levels)), ...concerned])] };
}

/** numerator / denominator in the units of the fields, times the factor, must be in the unit of the indicator. */
function unitFault(indicator: PreparedIndicator): string | undefined {
  const above = indicator.numeratorFormula.unit;
  const below = indicator.denominatorFormula.unit;
  if (!above || !below) return undefined;
  const found = divideUnits(above, below);
  const declared = parseUnit(indicator.unit);
  if (!sameKind(found, declared)) {
    return `“${indicator.name}”的公式得出的单位是 ${unitText(found)}，与所写的 ${indicator.unit} 不同`;
  }
  const factor = found.scale / declared.scale;
  if (Math.abs(factor - indicator.factor) <= 1e-9 * factor) return undefined;
  return `“${indicator.name}”由 ${unitText(found)} 换算为 ${indicator.unit} 的系数应是 ${factor}，而不是 ${indicator.factor}`;
}

function fieldsRead(levels: readonly PreparedLevel[]): string[] {
  const names = new Set<string>();
  for (const level of levels) {
    for (const { when } of level.exclusions) when.fields.forEach((name) => void names.add(name));
    for (const { numeratorFormula, denominatorFormula } of level.indicators) {
      for (const name of [...numeratorFormula.fields, ...denominatorFormula.fields]) names.add(name);
    }
  }
  return [...names];
}
