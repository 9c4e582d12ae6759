import { formGroups } from '#domain/filing/catalogue.ts';
import { type Edition, sectionHeading, sectionName } from '../edition.ts';
import type { CellFiling, Field, Finding } from '../filing-cell.ts';
import { findingsOf, mayType, shownValue, weighed } from '../filing-cell.ts';
import type { FilingDetail, FilingDraft } from '../filing-drafts.ts';

export interface FormPart {
  readonly group: string;
  /** The number of required fields that a person types in, and how many have a value. */
  readonly required: number;
  readonly filled: number;
  /** What stands against submitting although it is filled: errors, and doubts without an explanation. */
  readonly errors: number;
  readonly doubts: number;
  /** One for each section; the section of the whole school needs no heading when it is the only one. */
  readonly blocks: ReadonlyArray<{
    readonly section: string;
    readonly heading: string;
    readonly fields: readonly Field[];
  }>;
}

/** A whole filing in the shape that its cells need. */
export function asCellFiling(detail: FilingDetail): CellFiling {
  const comments: Record<string, number> = {};
  for (const comment of detail.comments) {
    if (!comment.resolvedAt) comments[comment.field] = (comments[comment.field] ?? 0) + 1;
  }
  return { ...detail, editable: detail.can.fill ?? false, comments };
}

/** What stands against a part, in words; null where nothing does. */
export function partFault({ errors, doubts }: Pick<FormPart, 'errors' | 'doubts'>): string | null {
  const said = [errors > 0 && `${errors} 处错误`, doubts > 0 && `${doubts} 处疑点待说明`].filter(Boolean);
  return said.length > 0 ? said.join('，') : null;
}

/**
 * The form's parts in the edition's order. Facts from the register of schools are shown in the head, not in a field.
 */
export function partsOf(
  edition: Pick<Edition, 'groups' | 'sections'>,
  fields: readonly Field[],
  filing: CellFiling,
  draft: FilingDraft | undefined,
): FormPart[] {
  const shown = fields.filter((field) => field.directory === undefined);
  return formGroups(edition.groups, shown).map(({ group, blocks }) => {
    const own = blocks.flatMap((block) => block.fields);
    const needed = own.filter((field) => field.required && field.derived === undefined);
    const { open } = problemsOf(own, filing, draft);
    const errors = open.filter(({ finding }) => finding.weight === 'hard').length;
    return {
      ...{ group, errors, doubts: open.length - errors },
      required: needed.length,
      filled: needed.filter((field) => shownValue(filing, field, draft?.[field.key]) !== null).length,
      blocks: blocks.map(({ section, fields }) => ({
        ...{ section, fields },
        heading: blocks.length > 1 ? sectionName(edition, section) : sectionHeading(edition, section),
      })),
    };
  });
}

export interface FormProblems {
  /** Required fields without a value. */
  readonly missing: readonly Field[];
  /** All other findings that forbid submitting, and doubts without an explanation; the heaviest first. */
  readonly open: ReadonlyArray<{ readonly finding: Finding; readonly field: Field }>;
  readonly explained: ReadonlyArray<{ readonly finding: Finding; readonly field: Field }>;
}

/** The findings about the filing as it is on the screen, the text just typed included. */
export function problemsOf(fields: readonly Field[], filing: CellFiling, draft: FilingDraft | undefined): FormProblems {
  const missing: Field[] = [];
  const found: Array<{ finding: Finding; field: Field }> = [];
  for (const field of fields) {
    const own = draft?.[field.key];
    if (field.derived !== undefined || field.directory !== undefined) continue;
    if (field.required && shownValue(filing, field, own) === null) missing.push(field);
    for (const finding of findingsOf(filing, field, own)) {
      if (finding.fields[0] !== field.key || finding.code === 'required') continue;
      found.push({ field, finding });
    }
  }
  const open = found.filter(({ finding }) => finding.weight === 'hard' || finding.explanation === null);
  return { missing, open: weighed(open), explained: found.filter((each) => !open.includes(each)) };
}

/** The fields that 复制去年值 would fill: they change little, are empty and open, and had a value last year. */
export function copyable(fields: readonly Field[], filing: CellFiling, draft: FilingDraft | undefined): Field[] {
  return fields.filter(
    (field) =>
      field.carriesOver === true &&
      mayType(filing, field) &&
      shownValue(filing, field, draft?.[field.key]) === null &&
      (filing.reference[field.key] ?? null) !== null,
  );
}
