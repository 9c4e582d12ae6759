import type { Catalogue, CatalogueField, CatalogueSection } from './catalogue.shape.ts';

/** The content of a cell: a number, a text (also one that is not a number yet), or nothing. */
export type CellValue = number | string | null;

/** Values of one filing by field key; a field without a value is absent or null, never 0. */
export type FieldValues = Readonly<Record<string, CellValue>>;

/** The facts about a school that the checks need. */
export interface FilingSchool {
  /** Code of 办学类型, three digits. */
  readonly schoolType: string;
}

/** Whether every school has this section, whatever its kind. Such a section is filed once for the whole school. */
export function isOfWholeSchool({ schoolTypes }: Pick<CatalogueSection, 'schoolTypes'>): boolean {
  return schoolTypes.length === 0;
}

/** The sections that a school of this 办学类型 files, in the order of the catalogue. */
export function sectionsOf(catalogue: Catalogue, schoolType: string): string[] {
  return catalogue.sections
    .filter((section) => isOfWholeSchool(section) || section.schoolTypes.includes(schoolType))
    .map((section) => section.key);
}

/**
 * Caches the result of `find` for an edition and a kind of school. Every keystroke needs such results several times; an
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

/** A group of a form with its blocks, one for each section that has fields in it. */
export interface FormGroup<Field> {
  readonly group: string;
  readonly blocks: ReadonlyArray<{ readonly section: string; readonly fields: readonly Field[] }>;
}

/**
 * The fields as a school meets them, on the screen, in its workbook and on the sheet that it signs: by the groups of the
 * edition, within a group by the sections in the order in which the edition lists their fields. Groups without a field are
 * left out.
 */
export function formGroups<Field extends Pick<CatalogueField, 'group' | 'section'>>(
  groups: readonly string[],
  fields: readonly Field[],
): FormGroup<Field>[] {
  return groups.flatMap((group) => {
    const own = fields.filter((field) => field.group === group);
    const sections = [...new Set(own.map(({ section }) => section))];
    const blocks = sections.map((section) => ({ section, fields: own.filter((field) => field.section === section) }));
    return blocks.length > 0 ? [{ group, blocks }] : [];
  });
}

/** The field with this key, or undefined. */
export function fieldOf(catalogue: Catalogue, key: string): CatalogueField | undefined {
  return indexOf(catalogue).get(key);
}

/** Whether a school of this kind owes a filing: it has at least one section of its own. */
export function filesResources(catalogue: Catalogue, schoolType: string): boolean {
  return catalogue.sections.some((section) => section.schoolTypes.includes(schoolType));
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
