import { roundDouble } from '#domain/formula/algebra.ts';
import type { FindingWeight } from '#domain/kit/finding-weight.ts';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { groupedNumber } from '#domain/kit/number-text.ts';
import type { Catalogue } from './catalogue.shape.ts';
import type { FieldValues, FilingSchool } from './catalogue.ts';
import { enteredFields, rememberedByKind, visibleFields } from './catalogue.ts';
import type { Explanation } from './cells.ts';
import { derive } from './derive.ts';
import { fieldFault } from './field-fault.ts';
import { joinedFields, rulesOf } from './rules.ts';
import { softFindings } from './soft.ts';

/**
 * Something wrong (`hard`: forbids submitting) or odd (`soft`: needs a written explanation). `code` is stable;
 * `fields[0]` is the cell to go to; the sentence names place, rule and way out.
 */
export interface Finding {
  readonly code: string;
  readonly weight: FindingWeight;
  readonly fields: readonly string[];
  readonly sentence: string;
  /** The explanation of a soft finding; null if it is still needed. */
  readonly explanation: string | null;
}

export interface FilingCheck {
  readonly catalogue: Catalogue;
  readonly school: FilingSchool;
  /** Entered values as they stand; derived ones are computed here. */
  readonly values: FieldValues;
  /** Last year's values; empty where there are none. */
  readonly reference: FieldValues;
  readonly explanations: Readonly<Record<string, Explanation>>;
}

/**
 * Checks a whole filing: required, type, range and choice of each field, the hard rules between fields, then the soft
 * checks. Hard findings come first, each group in the order of the catalogue. A field of the wrong type takes no part
 * in the rules between fields, so that one mistake is reported once.
 */
export function checkFiling(check: FilingCheck): Finding[] {
  const { catalogue, school, values } = check;
  const hard: Finding[] = [];
  const broken = new Set<string>();
  for (const field of enteredFields(catalogue, school)) {
    const fault = fieldFault(field, values[field.key] ?? null);
    if (!fault) continue;
    if (fault.code !== 'required') broken.add(field.key);
    hard.push({ code: fault.code, weight: 'hard', fields: [field.key], sentence: fault.sentence, explanation: null });
  }
  const sound =
    broken.size === 0 ? values : Object.fromEntries(Object.entries(values).filter(([key]) => !broken.has(key)));
  const known = { ...sound, ...derive(catalogue, school, sound) };
  hard.push(...ruleFindings(catalogue, school, known));
  const soft = softFindings({ ...check, values: known }).map((finding): Finding => {
    const said = check.explanations[finding.field];
    const explanation = said?.answers?.includes(finding.code) === false ? '' : (said?.text.trim() ?? '');
    return {
      code: finding.code,
      weight: 'soft',
      fields: [finding.field],
      sentence: finding.sentence,
      explanation: meaningfulText.test(explanation) ? explanation : null,
    };
  });
  return [...hard, ...soft];
}

/** The hard rules between fields that do not hold for the values at hand. */
function ruleFindings(catalogue: Catalogue, school: FilingSchool, values: FieldValues): Finding[] {
  const findings: Finding[] = [];
  for (const { rule, left, right, shown, entered } of rulesOf(catalogue, school)) {
    const [is, than] = [left.evaluate(values), right.evaluate(values)];
    if (is === null || than === null || holds(is, rule.comparison, than)) continue;
    const [first, second] = [shown[0].evaluate(values) ?? is, shown[1].evaluate(values) ?? than];
    // Two decimals are enough to read a quotient by, unless it then looks like the other figure.
    const places = roundDouble(first, 2) === roundDouble(second, 2) ? 6 : 2;
    const [one, other, difference] = [first, second, Math.abs(first - second)].map((each) =>
      groupedNumber(roundDouble(each, places)),
    );
    findings.push({
      code: rule.code,
      weight: 'hard',
      fields: entered,
      sentence: `${rule.sentence}：现在是 ${one} 与 ${other}，相差 ${difference}。请核对${entered.join('、')}。`,
      explanation: null,
    });
  }
  return findings;
}

/** Decimals of a few places are compared after the noise of the doubles has been rounded away. */
function holds(left: number, comparison: '=' | '<=' | '>=', right: number): boolean {
  const difference = tidy(left - right);
  if (comparison === '=') return difference === 0;
  return comparison === '<=' ? difference <= 0 : difference >= 0;
}

function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/**
 * The open fields while only `returned` were sent back, in the order of the catalogue: the returned fields, the fields
 * that a hard rule joins to them, and every field that a hard finding names now. A correction may break a rule about
 * further fields, and the school must be able to finish it.
 */
export function openFields(
  catalogue: Catalogue,
  school: FilingSchool,
  returned: readonly string[],
  findings: readonly Finding[],
): string[] {
  const open = new Set(joinedFields(catalogue, school, returned));
  for (const { weight, fields } of findings) if (weight === 'hard') for (const field of fields) open.add(field);
  return enteredFields(catalogue, school)
    .map((field) => field.key)
    .filter((key) => open.has(key));
}

/** The counts of findings that a list and the submit rule need. */
export function countFindings(findings: readonly Finding[]): { hard: number; soft: number; unexplained: number } {
  const soft = findings.filter((finding) => finding.weight === 'soft');
  return {
    hard: findings.length - soft.length,
    soft: soft.length,
    unexplained: soft.filter((finding) => finding.explanation === null).length,
  };
}

const requiredFields = rememberedByKind((catalogue, school) =>
  enteredFields(catalogue, school).filter((field) => field.required),
);

/** How many of the required fields of this school have a value. */
export function countFilled(
  catalogue: Catalogue,
  school: FilingSchool,
  values: FieldValues,
): { filled: number; required: number } {
  const required = requiredFields(catalogue, school);
  return {
    filled: required.filter((field) => (values[field.key] ?? null) !== null).length,
    required: required.length,
  };
}

/**
 * Only the entered and derived values of this school's fields. These values are approved, hashed and used in
 * calculations.
 */
export function completeValues(catalogue: Catalogue, school: FilingSchool, values: FieldValues): FieldValues {
  const derived = derive(catalogue, school, values);
  return Object.fromEntries(
    visibleFields(catalogue, school)
      .filter((field) => field.directory === undefined)
      .map((field) => [field.key, (field.derived === undefined ? values[field.key] : derived[field.key]) ?? null]),
  );
}
