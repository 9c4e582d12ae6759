import { orderOfDerivation } from '#domain/formula/dependencies.ts';
import { isProblem } from '#domain/kit/problem.ts';
import type { Catalogue, CatalogueField } from './catalogue.shape.ts';
import { compiledFormula } from './rules.ts';

/**
 * Finds what is wrong with an edition before it is used: duplicates, unknown sections and groups, impossible ranges,
 * formulas that name unknown fields, derived fields in a cycle, rules and ranges about fields that do not exist.
 * Returns sentences; empty when the edition is sound.
 */
export function validateCatalogue(catalogue: Catalogue): string[] {
  const faults: string[] = [];
  const keys = catalogue.fields.map((field) => field.key);
  faults.push(...duplicates(keys).map((key) => `数据项“${key}”出现了不止一次`));
  const { sections, groups } = catalogue;
  faults.push(...duplicates(sections.map(({ key }) => key)).map((key) => `学段“${key}”出现了不止一次`));
  faults.push(...duplicates(groups).map((group) => `分组“${group}”出现了不止一次`));
  const codes = [...catalogue.hardRules, ...catalogue.plausible].map((rule) => rule.code);
  faults.push(...duplicates(codes).map((code) => `规则“${code}”出现了不止一次`));
  for (const field of catalogue.fields) faults.push(...fieldFaults(catalogue, field));
  for (const rule of catalogue.hardRules) {
    for (const side of [rule.left, rule.right, ...Object.values(rule.shown ?? {})])
      faults.push(...formulaFaults(catalogue, `规则“${rule.code}”`, side));
  }
  const known = new Set(keys);
  for (const range of catalogue.plausible) {
    if (!known.has(range.field)) faults.push(`规则“${range.code}”的数据项“${range.field}”不存在`);
    if (range.per !== 'pupils' && !known.has(range.per)) faults.push(`规则“${range.code}”的除数“${range.per}”不存在`);
    if (!(range.minimum < range.maximum)) faults.push(`规则“${range.code}”的下限不小于上限`);
  }
  if (!catalogue.fields.some((field) => field.pupils)) faults.push('没有一个数据项计入在校生总数');
  return [...faults, ...cycles(catalogue)];
}

function fieldFaults(catalogue: Catalogue, field: CatalogueField): string[] {
  const faults: string[] = [];
  const name = `数据项“${field.key}”`;
  if (!catalogue.sections.some((section) => section.key === field.section))
    faults.push(`${name}的学段“${field.section}”不存在`);
  if (!catalogue.groups.includes(field.group)) faults.push(`${name}的分组“${field.group}”不存在`);
  if (field.derived !== undefined && field.directory !== undefined) faults.push(`${name}不能既是计算项又取自名录`);
  if (field.derived !== undefined) faults.push(...formulaFaults(catalogue, name, field.derived));
  if (field.type === 'choice' && (field.choices ?? []).length === 0) faults.push(`${name}没有可选值`);
  if (field.type === 'integer' && field.precision !== 0) faults.push(`${name}是整数，小数位数应为 0`);
  if (field.minimum !== undefined && field.maximum !== undefined && field.minimum > field.maximum) {
    faults.push(`${name}的下限大于上限`);
  }
  return faults;
}

function formulaFaults(catalogue: Catalogue, name: string, source: string): string[] {
  try {
    compiledFormula(catalogue, source);
    return [];
  } catch (error) {
    if (isProblem(error)) return [`${name}的公式有误：${error.message}`];
    throw error;
  }
}

/** The first cycle of derived fields, as a path. */
function cycles(catalogue: Catalogue): string[] {
  const derivations = catalogue.fields.flatMap(({ key, derived }) =>
    derived === undefined ? [] : [{ name: key, reads: readNames(catalogue, derived) }],
  );
  try {
    orderOfDerivation(derivations);
    return [];
  } catch (error) {
    if (isProblem(error)) return [error.message];
    throw error;
  }
}

function readNames(catalogue: Catalogue, source: string): readonly string[] {
  try {
    return compiledFormula(catalogue, source).fields;
  } catch (error) {
    if (isProblem(error)) return [];
    throw error;
  }
}

function duplicates(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}
