import { wholeCode, type writeCells } from '#contract/frameworks/frameworks.ts';
import type { RouteArguments } from '#contract/route.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';

export type CellField = Cell['field'];

/** What somebody typed into the cells of an indicator, or of the edition itself. */
export type Typed = Partial<Record<CellField, unknown>>;

/** An indicator, or the edition itself under a code of its own, as a holder of cells. */
export interface Holder extends Partial<Record<CellField, unknown>> {
  readonly code: string;
  readonly reading?: true;
}

/** The edition itself as a holder of cells: its full mark is its points. */
export function wholeHolder({ indicators: _, max, ...edition }: Edition): Holder {
  return { ...edition, code: wholeCode, points: max } as Holder;
}

/** What is typed at one indicator, and whether the city takes points that were read from a document as they are. */
export interface Edit {
  readonly typed: Typed;
  readonly confirmed: boolean;
  /** The version of each cell when the person began to change it. */
  readonly seen: Readonly<Partial<Record<CellField, number>>>;
}

export const noEdit: Edit = { typed: {}, confirmed: false, seen: {} };

/** How often each cell of a draft was written: `C1.points`. */
type Versions = Readonly<Record<string, number>>;

export type Cell = RouteArguments<typeof writeCells>['body']['cells'][number];
type Value = Cell['value'];

/** How many cells one request takes. */
const mostCells = 50;

/** Cells that hold a text: one that was never written is empty. */
const texts: ReadonlySet<CellField> = new Set([
  ...(['text', 'evidence', 'responsible', 'basis', 'threshold', 'note', 'unit', 'formula', 'applies'] as const),
]);

/** A cell as it stands. A text that was never written is empty; of the other cells nobody knows the value. */
export function standing(holder: Holder, field: CellField): Value {
  return (holder[field] ?? (texts.has(field) ? '' : null)) as Value;
}

/**
 * The edit after a keystroke: a cell that begins to differ remembers the version that stands now, and one that is as before
 * is no change any more.
 */
export function typedInto(
  indicator: Holder,
  before: Edit,
  { typed, confirmed }: Pick<Edit, 'typed' | 'confirmed'>,
  versions: Versions,
): Edit {
  // A space at the end is no change, and stays all the same: the next word comes behind it.
  const kept = (Object.keys(typed) as CellField[]).filter(
    (field) => isChanged(indicator, typed, field) || !isSame(typed[field], standing(indicator, field)),
  );
  const touched = confirmed && !kept.includes('points') ? [...kept, 'points' as const] : kept;
  return {
    ...{ confirmed, typed: Object.fromEntries(kept.map((field) => [field, typed[field]])) },
    seen: Object.fromEntries(
      touched.map((field) => [field, before.seen[field] ?? versions[`${indicator.code}.${field}`] ?? 0]),
    ),
  };
}

/**
 * The cells that differ from what stands, each with the version that was seen. Points that were read from a document count
 * as written when the city confirms them, although the number stays.
 */
export function changedCells(indicator: Holder, { typed, confirmed, seen }: Edit): Cell[] {
  const written = (Object.keys(typed) as CellField[]).filter((field) => isChanged(indicator, typed, field));
  const confirms = confirmed && indicator.reading === true && !written.includes('points');
  const fields = confirms ? [...written, 'points' as const] : written;
  return fields.map((field) => {
    const value = field in typed ? sentValue(field, typed[field]) : indicator[field];
    return { code: indicator.code, version: seen[field] ?? 0, field, value } as Cell;
  });
}

/** Whether somebody else has written the cell since this person began to change it. */
export function isOvertaken({ code, field, version }: Cell, versions: Versions): boolean {
  return (versions[`${code}.${field}`] ?? 0) > version;
}

/** The cells in the portions in which they are sent. */
export function portionsOf(cells: readonly Cell[]): Cell[][] {
  return Array.from({ length: Math.ceil(cells.length / mostCells) }, (_, at) =>
    cells.slice(at * mostCells, (at + 1) * mostCells),
  );
}

/** What is still to be saved once these cells were: what was typed over them meanwhile stays, on top of the new version. */
export function withoutSaved(edits: Readonly<Record<string, Edit>>, saved: readonly Cell[]): Record<string, Edit> {
  const left = { ...edits };
  for (const { code, field, value, version } of saved) {
    const edit = left[code] ?? noEdit;
    const isAsSent = !(field in edit.typed) || isSame(sentValue(field, edit.typed[field]), value);
    const confirmed = edit.confirmed && field !== 'points';
    if (isAsSent) left[code] = { ...without(edit, field), confirmed };
    else left[code] = { ...edit, confirmed, seen: { ...edit.seen, [field]: version + 1 } };
  }
  return left;
}

/** The edit once the person has chosen between the own value and the one that somebody else wrote meanwhile. */
export function chosen(edit: Edit, { code, field }: Cell, choice: 'mine' | 'theirs', versions: Versions): Edit {
  if (choice === 'mine') return { ...edit, seen: { ...edit.seen, [field]: versions[`${code}.${field}`] ?? 0 } };
  return { ...without(edit, field), confirmed: edit.confirmed && field !== 'points' };
}

function without({ typed, seen, confirmed }: Edit, field: CellField): Edit {
  const { [field]: _, ...restTyped } = typed;
  const { [field]: __, ...restSeen } = seen;
  return { typed: restTyped, seen: restSeen, confirmed };
}

const isChanged = (indicator: Holder, typed: Typed, field: CellField) =>
  !isSame(sentValue(field, typed[field]), standing(indicator, field));

/** Methods and rules are the same where they say the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

/** A text without the spaces at its ends. An empty title says that nobody knows it, and not that it is empty. */
function sentValue(field: CellField, value: unknown): Value {
  const text = typeof value === 'string' ? value.trim() : value;
  return (text === undefined || (field === 'title' && text === '') ? null : text) as Value;
}
