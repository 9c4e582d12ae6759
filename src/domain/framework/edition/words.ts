import type { FormulaScope } from '../../formula/check.ts';
import { type FormulaField, type Vocabulary, vocabulary } from '../../formula/vocabulary.ts';
import type { Edition, Subject } from '../edition.ts';
import type { FactPeriod } from '../lists.ts';
import { sourceAlias } from './source-alias.ts';

/** A name with a source that formulas of editions may use, as `reference/frameworks/names.json` keeps it. */
export interface SourcedName {
  /** `事实:在园幼儿数`, `履职:到校督导次数`, `均衡:基本均衡.小学.综合差异系数`. */
  readonly name: string;
  /** `choice`: one of a few words, compared with a text in quotes. */
  readonly type: 'number' | 'choice' | 'truth';
  /** As people write it; empty where the number has none. */
  readonly unit?: string;
  /** `panel`: whoever inspects finds it on the visit, and the subject is not asked. */
  readonly by?: 'panel';
  /** The years by which it is kept; school years where nothing is said. */
  readonly period?: FactPeriod;
}

/** What formulas of editions may name: the fields that schools file, and the names with a source. */
export interface FrameworkWords {
  readonly fields: readonly FormulaField[];
  readonly names: readonly SourcedName[];
}

/** The subjects whose formulas read many schools: fields stand inside aggregates. */
const many: ReadonlySet<Subject> = new Set(['county', 'city', 'town', 'post-holder']);

/** Where the formulas of this subject are evaluated. */
export function scopeOf(subject: Subject): FormulaScope {
  return many.has(subject) ? 'county' : 'school';
}

/**
 * The words of an edition's formulas: fields of schools, names with a source, facts that the edition itself asks, surveys and earlier
 * evaluations (`sourceAlias`), and attributes of the subject (岗位, 类别). A name in % adapts to what it stands beside as a bare number
 * does: a share is computed as 人 / 人 * 100, and its target is filed in %.
 */
export function wordsOf(edition: Pick<Edition, 'attributes' | 'facts'>, words: FrameworkWords): Vocabulary {
  const sourced = [...words.names, ...(edition.facts ?? [])].map(({ name, type, unit }): FormulaField => {
    const own = { name, type: type === 'choice' ? ('text' as const) : type, own: true as const };
    return unit === undefined || unit === '' || unit === '%' ? own : { ...own, unit };
  });
  const attributes = (edition.attributes ?? []).map(({ name }): FormulaField => ({ name, type: 'text', own: true }));
  const known = vocabulary([...words.fields, ...sourced, ...attributes]);
  return { ...known, find: (name) => sourceAlias(name) ?? known.find(name) };
}
