import { formatNumber } from '../words/format.ts';
import type { SubjectDraft } from './draft.ts';
import type { DraftReceipt } from './draft-reply.ts';
import { cellKey, type UndoAct, type UndoCell } from './draft-undo.ts';

/** A cell that an undo or redo left as it is. */
export interface LeftCell<Value> {
  readonly subjectId: string;
  readonly part: string;
  /** What the act wrote. */
  readonly wrote: Value;
  /** What stands there now; undefined where this desk does not know it. */
  readonly now: Value | undefined;
  readonly by: string | null;
  /** The same person wrote it, in another window. */
  readonly own: boolean;
}

/** A cell of the server as a page shows it. */
export interface SeenCell<Value> {
  readonly value: Value;
  readonly version: number;
}

/** What became of an undo or redo, once the server has answered or cannot be reached. */
export interface TakenBack<Value> {
  /** Cells that the server has. */
  readonly taken: UndoAct<Value>;
  /** Cells that wait here for the server. */
  readonly waiting: UndoAct<Value>;
  readonly left: readonly LeftCell<Value>[];
  /** Cells that the server refused, and its sentence. */
  readonly refused: UndoAct<Value>;
  readonly refusal: string | null;
}

/** A cell that may be written, with the version under which the server accepts it. */
interface Allowed<Value> {
  readonly cell: UndoCell<Value>;
  readonly version: number;
}

/**
 * Which cells of a step may be written: those that still hold what the act wrote, and into which nobody else has
 * written since. `written` holds the version that this person's last write brought; the server refuses a change under
 * it as soon as there is a later one. `seen` is what the pages show, if one shows the cell.
 */
export function sortAct<Value>(
  act: UndoAct<Value>,
  drafts: Readonly<Record<string, SubjectDraft<Value>>>,
  written: ReadonlyMap<string, number>,
  seen: (subjectId: string, part: string) => SeenCell<Value> | undefined,
): { allowed: Allowed<Value>[]; left: LeftCell<Value>[] } {
  const allowed: Allowed<Value>[] = [];
  const left: LeftCell<Value>[] = [];
  for (const cell of act) {
    const { subjectId, part, before: wrote, after } = cell;
    const leave = (now: Value | undefined, by: string | null = null, own = false) =>
      left.push({ subjectId, part, wrote, now, by, own });
    const draft = drafts[subjectId]?.[part];
    const typed = draft?.typing?.value ?? draft?.value;
    if (draft?.conflict) {
      leave(draft.conflict.theirs, draft.conflict.by, draft.conflict.own);
    } else if (draft && typed !== undefined) {
      if (typed === wrote) allowed.push({ cell, version: draft.version });
      else leave(typed, null, true);
    } else {
      const version = written.get(cellKey(subjectId, part));
      const present = seen(subjectId, part);
      // Given up, or never taken by the server: the cell is as the step wants it.
      if (present && present.value === after && present.version !== version) continue;
      const newer = present && version !== undefined && present.version > version;
      const another = present && present.version === version && present.value !== wrote;
      if (version === undefined || newer || another) leave(present?.value);
      else allowed.push({ cell, version });
    }
  }
  return { allowed, left };
}

/** The cells of a reply at which an undo gives way to somebody else's value. */
export function leftBy<Value>(
  subjectId: string,
  cells: SubjectDraft<Value> | undefined,
  conflicts: DraftReceipt<Value>['conflicts'],
): LeftCell<Value>[] {
  return conflicts.flatMap(({ part, theirs, by, own = false }) => {
    const back = cells?.[part]?.back;
    return back ? [{ subjectId, part, wrote: back.wrote, now: theirs, by, own }] : [];
  });
}

/** The last writing of a cell as the server remembers it. */
export interface LastWriting<Value> {
  readonly by: string | null;
  readonly own: boolean;
  readonly value: Value | undefined;
}

/** `“图书册数”已由王某改为 9（您填的是 6），没有撤销` */
export function leftSentence<Value>({ part, now, wrote, by, own }: LeftCell<Value>, step: 'undo' | 'redo'): string {
  const verb = step === 'undo' ? '撤销' : '恢复';
  const mine = `${step === 'undo' ? '您填的是' : '您撤销后是'} ${shown(wrote)}`;
  const who = own ? '已由您在另一处' : `已由${by ?? '他人'}`;
  if (now === undefined) return `“${part}”后来又有改动（${mine}），没有${verb}`;
  if (now === wrote) return `“${part}”${who}再次保存，现为 ${shown(now)}，没有${verb}`;
  return `“${part}”${who}改为 ${shown(now)}（${mine}），没有${verb}`;
}

/** At most three sentences, and how many further cells there are. */
export function leftSentences<Value>(left: readonly LeftCell<Value>[], step: 'undo' | 'redo'): string[] {
  const named = left.slice(0, mostNamed).map((cell) => leftSentence(cell, step));
  const rest = left.length - named.length;
  return rest > 0 ? [...named, `另有 ${rest} 格也已改过，没有动`] : named;
}

/** More sentences than that nobody reads in a message that passes. */
export const mostNamed = 3;

/** What was taken back, in words: `图书册数 6 → 空`, `图书册数等 4 格`. */
export function describeAct<Value>(act: UndoAct<Value>): string {
  const [first] = act;
  if (!first) return '';
  return act.length === 1
    ? `${first.part} ${shown(first.before)} → ${shown(first.after)}`
    : `${first.part}等 ${formatNumber(act.length)} 格`;
}

const shown = (value: unknown) => (value === null ? '空' : String(value));
