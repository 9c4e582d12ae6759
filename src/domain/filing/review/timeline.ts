import type { CellValue } from '../catalogue.ts';

/** What happens to a filing, as the filter of its timeline names it. */
export const timelineKinds = ['step', 'change', 'import', 'comment', 'notice', 'extension', 'list'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export const timelineKindTitles: Readonly<Record<TimelineKind, string>> = {
  step: '提交、审核',
  change: '填写',
  import: '导入',
  comment: '批注',
  notice: '催报',
  extension: '延期',
  list: '应报名单',
};

/** The value of one field before and after. */
export interface FieldChange {
  readonly field: string;
  readonly before: CellValue;
  readonly after: CellValue;
  /** The explanation that the field has afterwards, where this writing changed it; else null. */
  readonly explanation: string | null;
}

/** One thing that happened to a filing. */
export interface TimelineEntry {
  readonly id: string;
  readonly at: Date;
  readonly kind: TimelineKind;
  /** Null where no person acted. */
  readonly personId: string | null;
  readonly changes: readonly FieldChange[];
}

/** Saves of one person that are so close together are one piece of work. */
const pause = 10 * 60_000;

/** An entry, and for saves that were laid together how many they are and when the last of them was. */
export type Folded<Entry extends TimelineEntry> = Entry & { readonly until: Date; readonly saves: number };

/**
 * Lays consecutive saves of one person together, as long as nothing else happened between them and no pause of more than
 * ten minutes. Each field then stands once, with its first value before and its last value after. A field that came back
 * to its first value is left out; `saves` still counts.
 * @param entries oldest first
 */
export function foldSaves<Entry extends TimelineEntry>(entries: readonly Entry[]): Folded<Entry>[] {
  const folded: Folded<Entry>[] = [];
  for (const entry of entries) {
    const last = folded.at(-1);
    const goesOn =
      last?.kind === 'change' &&
      entry.kind === 'change' &&
      last.personId === entry.personId &&
      entry.at.getTime() - last.until.getTime() <= pause;
    if (!last || !goesOn) folded.push({ ...entry, until: entry.at, saves: 1 });
    else {
      const changes = [...last.changes, ...entry.changes];
      folded[folded.length - 1] = { ...last, changes, until: entry.at, saves: last.saves + 1 };
    }
  }
  return folded.map((entry) => (entry.saves === 1 ? entry : { ...entry, changes: netChanges(entry.changes) }));
}

/**
 * What several changes come to: for each field the first value before and the last after, in the order in which the
 * fields were first touched. A field whose value and explanation came back is left out.
 * @param changes oldest first
 */
export function netChanges<Change extends FieldChange>(changes: readonly Change[]): Change[] {
  const net = new Map<string, Change>();
  for (const change of changes) {
    const first = net.get(change.field);
    const explanation = change.explanation ?? first?.explanation ?? null;
    net.set(change.field, { ...change, before: first ? first.before : change.before, explanation });
  }
  return [...net.values()].filter(({ before, after, explanation }) => before !== after || explanation !== null);
}

/** A step of a filing, as far as the question needs it when its author began to correct. */
interface TakenStep {
  readonly action: string;
  readonly parts: readonly string[] | null;
}

const sendsBack = (step: TakenStep): boolean => step.action === 'return' || step.action === 'reopen';
/** A check is no answer of the school and no decision. */
const standsBeside = (step: TakenStep): boolean => step.action === 'check' || step.action === 'uncheck';

/**
 * The return or reopening after which the school corrected last, with the fields that it opened; null where none came, or
 * where an approval has answered it. A return that was widened before the school submitted again counts from the first,
 * with the fields of all of them; one return of the whole filing opens all fields (`parts` null).
 * @param steps oldest first
 */
export function lastReturn<Step extends TakenStep>(
  steps: readonly Step[],
): { readonly step: Step; readonly parts: readonly string[] | null } | null {
  const moves = steps.filter((step) => !standsBeside(step));
  let at = moves.findLastIndex(sendsBack);
  if (at < 0 || moves.slice(at).some(({ action }) => action === 'approve')) return null;
  const round = [moves[at]!];
  while (at > 0 && sendsBack(moves[at - 1]!)) round.unshift(moves[--at]!);
  const parts = round.some((step) => step.parts === null)
    ? null
    : [...new Set(round.flatMap((step) => step.parts ?? []))];
  return { step: round[0]!, parts };
}
