/** A part of a school that is filed apart: the four levels, special and vocational schools, and the school as a whole. */
export type FieldSection = 'school' | 'primary' | 'junior' | 'senior' | 'special' | 'vocational';

/** The column groups of the form and the grid, in their order. */
export type FieldGroup = '基本情况' | '教师' | '校舍' | '设备';

export type FieldType = 'integer' | 'decimal' | 'choice' | 'text';

/** What a cell can hold: a number, a text (also one that is no number yet), or nothing. */
export type CellValue = number | string | null;

/** Values of one filing by field key; a field without a value is absent or null, never 0. */
export type FieldValues = Readonly<Record<string, CellValue>>;

/**
 * One field of an edition. `key` is its name everywhere: in formulas, in workbooks, in the table of `dudao balance`.
 * `label` is the name under its section's heading. Exactly one of three origins: typed in (neither `derived` nor
 * `directory`), computed (`derived`), or known from the register of schools (`directory`).
 */
export interface CatalogueField {
  readonly key: string;
  readonly label: string;
  readonly section: FieldSection;
  readonly group: FieldGroup;
  readonly type: FieldType;
  /** 人, 个, m², 万元 …; empty where there is none. */
  readonly unit: string;
  /** Decimals that are kept; 0 for integers. */
  readonly precision: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
  /** Must have a value before submitting. */
  readonly required: boolean;
  /** Formula over other fields of the edition, in the language of `domain/formula`. */
  readonly derived?: string;
  /** Property of the school in the register that this field shows. */
  readonly directory?: DirectoryProperty;
  /** Counts as pupils of the school in per-pupil checks. */
  readonly pupils?: boolean;
  /** May be carried over from last year in one click (buildings and books change little). */
  readonly carriesOver?: boolean;
  readonly help: string;
  /** Table of the education statistics that holds it; null where the statistics have no such table. */
  readonly source: string | null;
}

/** What the register of schools knows, as the headings of the balance table name it. */
export type DirectoryProperty = 'code' | 'name' | 'county' | 'schoolType' | 'sponsor';

/** Which 办学类型 have a section, and how it is called. */
export interface CatalogueSection {
  readonly key: FieldSection;
  readonly name: string;
  /** Codes of 办学类型; empty for `school`, which every school has. */
  readonly schoolTypes: readonly string[];
}

export type Comparison = '=' | '<=' | '>=';

/**
 * A rule between fields: `left` compared with `right`, both in the formula language with full field keys. It holds
 * when a value that it needs is missing: that is the business of `required`.
 */
export interface HardRule {
  /** Stable; printed beside the finding and kept in exports. */
  readonly code: string;
  readonly left: string;
  readonly comparison: Comparison;
  readonly right: string;
  /** What must hold, in words, without a full stop. */
  readonly sentence: string;
}

/** A plausible range of `field` per unit of `per`; outside it a written explanation is asked for. */
export interface PlausibleRange {
  readonly code: string;
  readonly field: string;
  /** Field key of the divisor, or `pupils` for all pupils of the school. */
  readonly per: string;
  readonly minimum: number;
  readonly maximum: number;
  /** 生均…, 平均班额 …: the name of the quotient. */
  readonly name: string;
  readonly unit: string;
  /** Not asked below this divisor: very small schools have unusual quotients by nature. */
  readonly fromDivisor: number;
}

/** An edition of the field catalogue: data, immutable once a period has used it. */
export interface Catalogue {
  readonly edition: string;
  readonly name: string;
  readonly documents: readonly string[];
  readonly sections: readonly CatalogueSection[];
  readonly groups: readonly FieldGroup[];
  readonly fields: readonly CatalogueField[];
  readonly hardRules: readonly HardRule[];
  /** Share of change against last year beyond which an explanation is asked for: 0.3 is thirty per cent. */
  readonly changeLimit: number;
  /**
   * Of things that are counted, differences up to this many are never asked about (two classes instead of one is no
   * doubt). Areas and amounts of money have no such floor: five 万元 can be the whole of a small school's equipment.
   */
  readonly changeFloor: number;
  readonly plausible: readonly PlausibleRange[];
}

/** What the checks need to know of a school. */
export interface FilingSchool {
  /** Code of 办学类型, three digits. */
  readonly schoolType: string;
}

/** The sections that a school of this 办学类型 files, `school` first. */
export function sectionsOf(catalogue: Catalogue, schoolType: string): FieldSection[] {
  return catalogue.sections
    .filter((section) => section.key === 'school' || section.schoolTypes.includes(schoolType))
    .map((section) => section.key);
}

/**
 * Remembers what `find` says of an edition for a kind of school. Every keystroke asks such things several times; an
 * edition does not change, and there are few kinds of school.
 */
export function rememberedByKind<Found>(
  find: (catalogue: Catalogue, school: FilingSchool) => Found,
): (catalogue: Catalogue, school: FilingSchool) => Found {
  const editions = new WeakMap<Catalogue, Map<string, Found>>();
  return (catalogue, school) => {
    let kinds = editions.get(catalogue);
    if (!kinds) {
      kinds = new Map();
      editions.set(catalogue, kinds);
    }
    let found = kinds.get(school.schoolType);
    if (found === undefined) {
      found = find(catalogue, school);
      kinds.set(school.schoolType, found);
    }
    return found;
  };
}

/** The fields that a school sees: those of its sections, in the order of the catalogue. */
export const visibleFields = rememberedByKind((catalogue, school): readonly CatalogueField[] => {
  const sections = new Set(sectionsOf(catalogue, school.schoolType));
  return catalogue.fields.filter((field) => sections.has(field.section));
});

/** True for a field that a person types in. */
export function isEntered(field: CatalogueField): boolean {
  return field.derived === undefined && field.directory === undefined;
}

/** The fields that a school types in. */
export const enteredFields = rememberedByKind((catalogue, school): readonly CatalogueField[] =>
  visibleFields(catalogue, school).filter(isEntered),
);

/** The field with this key, or undefined. */
export function fieldOf(catalogue: Catalogue, key: string): CatalogueField | undefined {
  return indexOf(catalogue).get(key);
}

/** Whether a school of this kind owes a filing: it has at least one section of its own. */
export function filesResources(catalogue: Catalogue, schoolType: string): boolean {
  return sectionsOf(catalogue, schoolType).length > 1;
}

const indexes = new WeakMap<Catalogue, ReadonlyMap<string, CatalogueField>>();

function indexOf(catalogue: Catalogue): ReadonlyMap<string, CatalogueField> {
  let index = indexes.get(catalogue);
  if (!index) {
    index = new Map(catalogue.fields.map((field) => [field.key, field]));
    indexes.set(catalogue, index);
  }
  return index;
}
