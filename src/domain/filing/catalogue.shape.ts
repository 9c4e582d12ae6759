import type { z } from 'zod';
import { list, number, oneOf, parts, plainText, positive, text, truth, whole } from '../kit/definition.shape.ts';

/**
 * One field of an edition. Exactly one of three origins: typed in (neither `derived` nor `directory`), computed
 * (`derived`), or known from the register of schools (`directory`).
 */
export const catalogueField = parts({
  /** Its name everywhere: in formulas, in workbooks, in the table of `dudao balance`. */
  key: text.max(40, '最多 40 个字'),
  /** The name under its section's heading. */
  label: text,
  /** Key of a section of the edition. */
  section: text,
  /** A group of the edition. */
  group: text,
  type: oneOf(['integer', 'decimal', 'choice', 'text']),
  /** 人, 个, m², 万元 …; empty where there is none. */
  unit: plainText,
  /** Decimals that are kept; 0 for integers. */
  precision: whole(0, 10),
  minimum: number.optional(),
  maximum: number.optional(),
  choices: list(text).optional(),
  /** Must have a value before submitting. */
  required: truth,
  /** Formula over other fields of the edition, in the language of `domain/formula`. */
  derived: text.optional(),
  /** The fact of the register of schools that this field shows, named as in the headings of the balance table. */
  directory: oneOf(['code', 'name', 'county', 'schoolType', 'sponsor']).optional(),
  /** Counts as pupils of the school in per-pupil checks. */
  pupils: truth.optional(),
  /** May be carried over from last year in one click (buildings and books change little). */
  carriesOver: truth.optional(),
  help: plainText,
  /** Table of the education statistics that holds it; null where the statistics have no such table. */
  source: text.nullable(),
});
export type CatalogueField = z.output<typeof catalogueField>;

/** A part of a school that is filed apart: a level, a kind of school, or the school as a whole. */
export const catalogueSection = parts({
  key: text.max(40, '最多 40 个字'),
  name: text,
  /** Codes of the 办学类型 that have it. None for what is filed once for the whole school, which every school has. */
  schoolTypes: list(text),
});
export type CatalogueSection = z.output<typeof catalogueSection>;

/**
 * A rule between fields: `left` compared with `right`, both in the formula language with full field keys. If a value
 * that it needs is missing, it counts as kept: `required` reports missing values.
 */
const hardRule = parts({
  /** Stable; printed beside the finding and kept in exports. */
  code: text,
  left: text,
  comparison: oneOf(['=', '<=', '>=']),
  right: text,
  /** What must hold, in words, without a full stop. */
  sentence: text,
  /**
   * The two figures that the sentence names, in its order, as formulas: where a quotient is compared by its product, so
   * that the comparison is exact, a reader looks for the quotient. Without it the two sides are shown.
   */
  shown: parts({ first: text, second: text }).optional(),
});
export type HardRule = z.output<typeof hardRule>;

/** A plausible range of `field` per unit of `per`. A value outside it needs a written explanation. */
const plausibleRange = parts({
  code: text,
  field: text,
  /** Field key of the divisor, or `pupils` for all pupils of the school. */
  per: text,
  minimum: number,
  maximum: number,
  /** 生均…, 平均班额 …: the name of the quotient. */
  name: text,
  unit: plainText,
  /** The range is not checked below this divisor: very small schools have unusual quotients by nature. */
  fromDivisor: number,
});
export type PlausibleRange = z.output<typeof plausibleRange>;

/** An edition of the field catalogue: data, immutable once a period has used it. */
export const catalogue = parts({
  edition: text.max(60, '最多 60 个字'),
  name: text,
  documents: list(text),
  /** In the order in which a school's form has them. */
  sections: list(catalogueSection),
  /** The column groups of the form, the grid and the workbook, in their order. */
  groups: list(text.max(30, '最多 30 个字')),
  fields: list(catalogueField),
  hardRules: list(hardRule),
  /** A change against last year beyond this share needs an explanation: 0.3 is thirty per cent. */
  changeLimit: positive,
  /**
   * For counted things, a difference up to this number never needs an explanation (two classes instead of one is
   * normal). Areas and amounts of money have no such floor: five 万元 can be all the equipment of a small school.
   */
  changeFloor: whole(0, 1000),
  plausible: list(plausibleRange),
});
export type Catalogue = z.output<typeof catalogue>;
