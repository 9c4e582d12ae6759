import { useCallback, useMemo } from 'react';
import { asProblem } from '../call/problem.ts';
import type { DraftCell, DraftEdit } from '../drafts/draft.ts';
import type { UndoAct } from '../drafts/draft-undo.ts';
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
  /** The version as this desk last saw it, also for a subject that no page holds any more. */
  readonly lastVersion: (subjectId: string, partKey: string) => Promise<number>;
}

export interface TypedCell<Subject, Part> {
  readonly subject: Subject;
  readonly part: Part;
  readonly text: string;
}

export interface CellEditor<Subject extends { id: string }, Part extends { key: string }, Value> extends Drafts<Value> {
  /**
   * Finishes texts: typed, pasted or cleared. Returns the number of changed cells; together they are one act for undo.
   */
  readonly write: (cells: ReadonlyArray<TypedCell<Subject, Part>>) => number;
  /** A keystroke in a cell. */
  readonly type: (subject: Subject, part: Part, text: string) => void;
  /** A keystroke of an explanation; it is sent after a pause, or when the text is left. */
  readonly explain: (subject: Subject, partKey: string, explanation: string) => void;
  readonly takeBack: (step: 'undo' | 'redo') => Promise<void>;
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
      if (act.length > 0) sender.remember(act);
      return act.length;
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
    async (step: 'undo' | 'redo') => {
      const act = step === 'undo' ? sender.undo() : sender.redo();
      if (!act) {
        toast.say(step === 'undo' ? '没有可以撤销的修改' : '没有可以恢复的修改');
        return;
      }
      try {
        const edits = new Map<string, DraftEdit<Value>[]>();
        for (const { subjectId, part, after } of act) {
          const list = edits.get(subjectId) ?? [];
          list.push({ part, value: after, version: await rules.lastVersion(subjectId, part) });
          edits.set(subjectId, list);
        }
        for (const [subjectId, list] of edits) sender.edit(subjectId, list);
        toast.say(`已${step === 'undo' ? '撤销' : '恢复'}：${describe(act)}`);
      } catch (error) {
        toast.problem(asProblem(error));
      }
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

function describe<Value>(act: UndoAct<Value>): string {
  const [first] = act;
  if (!first) return '';
  const show = (value: Value) => (value === null ? '空' : String(value));
  return act.length === 1
    ? `${first.part} ${show(first.before)} → ${show(first.after)}`
    : `${first.part}等 ${act.length} 格`;
}
