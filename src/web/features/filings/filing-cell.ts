import type { z } from 'zod';
import type { catalogueField, cell, finding } from '#contract/filings/filings.ts';
import { type CellValue, isEntered } from '#domain/filing/catalogue.ts';
import { fieldFault } from '#domain/filing/field-fault.ts';
import { formatValue, sameValue } from '#domain/filing/values.ts';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { type CellView, type MarkName, sortMarks } from '#web/shared/sheet/cell-view.ts';
import type { FilingCellDraft, FilingDraft } from './filing-drafts.ts';

export type Field = z.output<typeof catalogueField>;
export type Finding = z.output<typeof finding>;

/** What a cell needs of its filing; a row of the grid and a whole filing both have it. */
export interface CellFiling {
  readonly id: string;
  readonly school: { readonly sections: readonly Field['section'][] };
  readonly cells: Readonly<Record<string, z.output<typeof cell>>>;
  readonly derived: Readonly<Record<string, number | null>>;
  readonly reference: Readonly<Record<string, CellValue>>;
  readonly findings: readonly Finding[];
  readonly openFields: readonly string[] | null;
  /** Whether this person may type at all now. */
  readonly editable: boolean;
  /** Open comments by field. */
  readonly comments: Readonly<Record<string, number>>;
}

/** The value on the screen: the text typed here, else the server's value. */
export function shownValue(
  filing: Pick<CellFiling, 'cells' | 'derived'>,
  field: Field,
  draft?: FilingCellDraft,
): CellValue {
  if (field.derived !== undefined) return filing.derived[field.key] ?? null;
  if (draft?.typing?.value !== undefined) return draft.typing.value;
  if (draft?.value !== undefined) return draft.value;
  return filing.cells[field.key]?.v ?? null;
}

/** The explanation on the screen: the text typed here, else the server's, which belongs to its value. */
export function explanationOf(filing: Pick<CellFiling, 'cells'>, field: string, draft?: FilingCellDraft): string {
  const stored = filing.cells[field];
  const replaced = draft?.value !== undefined && !sameValue(draft.value, stored?.v);
  return typedExplanation(draft) ?? (replaced ? '' : (stored?.e ?? ''));
}

/** The text that was typed here and has not reached the server; undefined: nothing. */
function typedExplanation(draft: FilingCellDraft | undefined): string | undefined {
  const typed = draft?.typing?.explanation === undefined ? draft?.explanation : draft.typing.explanation;
  return typed === undefined ? undefined : (typed ?? '');
}

/** Whether this person may type into this cell now. */
export function mayType(filing: CellFiling, field: Field): boolean {
  return mayExplain(filing, field) && (filing.openFields === null || filing.openFields.includes(field.key));
}

/**
 * Whether this person may explain a doubt about this cell now. A correction elsewhere may raise a doubt at a locked
 * cell.
 */
export function mayExplain(filing: CellFiling, field: Field): boolean {
  return filing.editable && isEntered(field) && filing.school.sections.includes(field.section);
}

/**
 * The findings of one field: the server's, with the explanation that is being written here. While a value is still on
 * its way, the checks of the field's own type and range are added at once.
 */
export function findingsOf(filing: CellFiling, field: Field, draft?: FilingCellDraft): Finding[] {
  const typed = typedExplanation(draft);
  const known = filing.findings
    .filter((each) => each.fields.includes(field.key))
    .map((each) => {
      if (typed === undefined || each.weight === 'hard' || each.fields[0] !== field.key) return each;
      return { ...each, explanation: meaningfulText.test(typed) ? typed : null };
    });
  if (draft?.value === undefined || draft.typing?.value !== undefined) return known;
  const fault = fieldFault(field, draft.value);
  const others = known.filter((each) => each.fields.length > 1 || each.weight === 'soft');
  if (!fault) return others;
  return [{ ...fault, weight: 'hard', fields: [field.key], explanation: null }, ...others];
}

/** All marks of a cell, the heaviest first. */
export function marksOf(
  filing: CellFiling,
  field: Field,
  draft: FilingCellDraft | undefined,
  confirmed: boolean,
): MarkName[] {
  const names: MarkName[] = [];
  if (draft?.conflict) names.push('conflict');
  else if (draft?.refused !== undefined) names.push('refused');
  else if (draft) names.push('waiting');
  else if (confirmed) names.push('saved');
  const findings = findingsOf(filing, field, draft);
  // The dash already marks an empty cell; an error of the cell is only something wrong about its value.
  if (findings.some((each) => each.weight === 'hard' && each.code !== 'required')) names.push('invalid');
  const doubts = findings.filter((each) => each.weight === 'soft' && each.fields[0] === field.key);
  if (doubts.length > 0) names.push(doubts.every((each) => each.explanation !== null) ? 'explained' : 'doubt');
  if ((filing.comments[field.key] ?? 0) > 0) names.push('comment');
  if (filing.editable && filing.openFields !== null && isEntered(field)) {
    names.push(filing.openFields.includes(field.key) ? 'returned' : 'locked');
  }
  return sortMarks(names);
}

/** One cell of the grid. */
export function cellView(
  filing: CellFiling,
  field: Field,
  draft: FilingDraft | undefined,
  confirmed: ReadonlySet<string> | undefined,
): CellView {
  if (!filing.school.sections.includes(field.section)) {
    return { text: '', raw: '', marks: [], editable: false, kind: 'absent' };
  }
  const own = draft?.[field.key];
  const value = shownValue(filing, field, own);
  const before = filing.reference[field.key];
  return {
    text: formatValue(field, value),
    raw: value === null ? '' : String(value),
    faint: before === null || before === undefined ? undefined : formatValue(field, before),
    marks: marksOf(filing, field, own, confirmed?.has(field.key) ?? false),
    editable: mayType(filing, field),
    kind: field.derived === undefined ? 'entered' : 'computed',
    missing: value === null,
    choices: field.type === 'choice' ? field.choices : undefined,
  };
}

/** Hard findings before soft ones, soft ones without an explanation before explained ones. */
export function weighed<Item extends { finding: Finding }>(items: readonly Item[]): Item[] {
  const weight = ({ finding: { weight, explanation } }: Item) => (weight === 'hard' ? 0 : explanation === null ? 1 : 2);
  return items
    .map((item, at) => ({ item, at }))
    .sort((a, b) => weight(a.item) - weight(b.item) || a.at - b.at)
    .map(({ item }) => item);
}
