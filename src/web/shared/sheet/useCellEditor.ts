import { useCallback, useMemo } from 'react';
import type { DraftCell, DraftEdit } from '../drafts/draft.ts';
import type { UndoAct } from '../drafts/draft-undo.ts';
import {
  describeAct,
  type LastWriting,
  type LeftCell,
  leftSentences,
  mostNamed,
  type SeenCell,
} from '../drafts/take-back.ts';
import type { Drafts } from '../drafts/useDrafts.ts';
import { toast } from '../kit/feedback/toast.ts';

/** How the cells of one kind of subject are read and shown; one object, created once. */
export interface CellRules<Subject extends { id: string }, Part extends { key: string }, Value> {
  /** The value of a text in this cell. */
  readonly read: (part: Part, text: string) => Value;
  /** The content of the cell, with this draft of it. */
  readonly shown: (subject: Subject, part: Part, draft: DraftCell<Value> | undefined) => Value;
  /** The version that the page shows; 0 where nothing was ever written. */
  readonly version: (subject: Subject, partKey: string) => number;
  /** What the server has, as this desk last saw it; undefined where it holds the subject no more. */
  readonly seen: (subjectId: string, partKey: string) => SeenCell<Value> | undefined;
  /** Who wrote the cell last, by the server; null where nobody did. Rejects where it cannot be asked. */
  readonly lastWriting: (subjectId: string, partKey: string) => Promise<LastWriting<Value> | null>;
}

export interface TypedCell<Subject, Part> {
  readonly subject: Subject;
  readonly part: Part;
  readonly text: string;
}

export interface CellEditor<Subject extends { id: string }, Part extends { key: string }, Value> extends Drafts<Value> {
  /**
   * Finishes texts: typed, pasted or cleared. The changed cells are one act for undo; null where none changed.
   */
  readonly write: (cells: ReadonlyArray<TypedCell<Subject, Part>>) => UndoAct<Value> | null;
  /** A keystroke in a cell. */
  readonly type: (subject: Subject, part: Part, text: string) => void;
  /** A keystroke of an explanation; it is sent after a pause, or when the text is left. */
  readonly explain: (subject: Subject, partKey: string, explanation: string) => void;
  /** Takes the last act back, or the given one, and says what the server has taken. */
  readonly takeBack: (step: 'undo' | 'redo', act?: UndoAct<Value>) => Promise<void>;
}

/** Typing, pasting, explaining and undoing, the same for a form and a sheet. */
export function useCellEditor<Subject extends { id: string }, Part extends { key: string }, Value>(
  { sender, drafts }: Drafts<Value>,
  rules: CellRules<Subject, Part, Value>,
): CellEditor<Subject, Part, Value> {
  const write = useCallback(
    (cells: ReadonlyArray<TypedCell<Subject, Part>>) => {
      const { draft } = sender.read();
      const act: Array<UndoAct<Value>[number]> = [];
      const edits = new Map<string, DraftEdit<Value>[]>();
      for (const { subject, part, text } of cells) {
        const own = draft.subjects[subject.id]?.[part.key];
        const after = rules.read(part, text);
        const before = rules.shown(subject, part, withoutTyping(own));
        if (after === before) {
          if (own?.typing) sender.abandonTyping(subject.id, part.key);
          continue;
        }
        act.push({ subjectId: subject.id, part: part.key, before, after });
        const list = edits.get(subject.id) ?? [];
        list.push({ part: part.key, value: after, version: rules.version(subject, part.key) });
        edits.set(subject.id, list);
      }
      for (const [subjectId, list] of edits) sender.edit(subjectId, list);
      return act.length > 0 ? sender.remember(act) : null;
    },
    [sender, rules],
  );

  const type = useCallback(
    (subject: Subject, part: Part, text: string) => {
      const own = sender.read().draft.subjects[subject.id]?.[part.key];
      const before = own?.typing?.before ?? rules.shown(subject, part, own);
      const typing = { text, value: rules.read(part, text), before };
      sender.type(subject.id, part.key, typing, rules.version(subject, part.key));
    },
    [sender, rules],
  );

  const explain = useCallback(
    (subject: Subject, partKey: string, explanation: string) => {
      const typing = { explanation: explanation.trim() || null };
      sender.type(subject.id, partKey, typing, rules.version(subject, partKey));
    },
    [sender, rules],
  );

  const takeBack = useCallback(
    async (step: 'undo' | 'redo', wanted?: UndoAct<Value>) => {
      const done = await sender.takeBack(step, rules.seen, wanted);
      if (!done) {
        toast.say(step === 'undo' ? '没有可以撤销的修改' : '没有可以恢复的修改');
        return;
      }
      const { taken, waiting, refused, refusal } = done;
      const verb = step === 'undo' ? '撤销' : '恢复';
      const left = await named(done.left, rules);
      const told = [
        ...(taken.length > 0 ? [`已${verb}：${describeAct(taken)}`] : []),
        ...(waiting.length > 0 ? [`${describeAct(waiting)} 等待上传，上传后才算${verb}`] : []),
        ...(refused.length > 0 ? [`${describeAct(refused)} 没有${verb}：${refusal}`] : []),
        ...leftSentences(left, step),
      ];
      toast.say(told.length > 0 ? told.join('；') : `已是${verb}后的内容`);
    },
    [sender, rules],
  );

  return useMemo(
    () => ({ sender, drafts, write, type, explain, takeBack }),
    [sender, drafts, write, type, explain, takeBack],
  );
}

/** The finished part of a draft, without the text that is being typed. */
export function withoutTyping<Value>(draft: DraftCell<Value> | undefined): DraftCell<Value> | undefined {
  if (!draft?.typing) return draft;
  const { typing: _typing, ...finished } = draft;
  return finished;
}

/** The cells left alone, with the writer of those that the person reads about. */
function named<Value>(
  left: readonly LeftCell<Value>[],
  { lastWriting }: Pick<CellRules<never, never, Value>, 'lastWriting'>,
): Promise<LeftCell<Value>[]> {
  return Promise.all(
    left.map(async (cell, at) => {
      if (at >= mostNamed || cell.by !== null || cell.own) return cell;
      const last = await lastWriting(cell.subjectId, cell.part).catch(() => null);
      return last
        ? { ...cell, by: last.by, own: last.own, now: last.value === undefined ? cell.now : last.value }
        : cell;
    }),
  );
}
