import { useEffect, useRef, useState } from 'react';
import * as plans from '#contract/work-plans/plans.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem, type ProblemError } from '#web/shared/call/problem.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { type LeftWriting, useWriting } from '#web/shared/drafts/writing/useWriting.ts';
import { type Detail, type WrittenItem, writtenOf } from '../item-fields.ts';

/** An item of the draft on the screen; `key` is its own until the server gives it an id. */
export interface DraftItem extends WrittenItem {
  readonly key: string;
  readonly id: string | null;
}

export interface Draft {
  readonly title: string;
  readonly documentNumber: string | null;
  readonly items: readonly DraftItem[];
}

export const draftOf = ({ plan, items }: Detail): Draft => ({
  title: plan.title,
  documentNumber: plan.documentNumber,
  items: items.map((item) => ({ ...writtenOf(item), id: item.id, key: item.id })),
});

export type Saving = 'saved' | 'waiting' | 'saving' | { readonly problem: ProblemError };

/** The draft that the server has in place of the own one, since somebody saved it meanwhile. */
export type Theirs = Detail | null;

/** How long nobody types before a draft is saved. */
const quietMilliseconds = 800;

/**
 * The draft as it is typed, saved by itself: one request at a time, each with the newest draft. An item with an empty text
 * waits until it says something. After a refusal nothing is sent until the person changes something or tries again.
 */
export function useDraftSaving(detail: Detail) {
  const { id: planId } = detail.plan;
  const [draft, setDraft] = useState(() => draftOf(detail));
  const [saving, setSaving] = useState<Saving>('saved');
  const [theirs, setTheirs] = useState<Theirs>(null);
  const newest = useRef(draft);
  const revision = useRef(detail.plan.revision);
  const running = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const left = useWriting({
    ...{ kind: 'work-plan', subjectId: planId, title: `计划“${draft.title}”`, value: draft },
    ...{ revision: revision.current, changed: saving !== 'saved' },
    send: () => (typeof saving === 'string' ? settle() : Promise.resolve(false)),
    same: sameDraft,
  });

  async function send(): Promise<boolean> {
    clearTimeout(timer.current);
    if (running.current) return false;
    running.current = true;
    setSaving('saving');
    const sent = newest.current;
    const filled = sent.items.filter(({ text }) => text.trim() !== '');
    try {
      const saved = await call(plans.save, {
        params: { planId },
        body: {
          revision: revision.current,
          title: sent.title,
          documentNumber: sent.documentNumber,
          items: filled.map(({ key: _, ...item }) => item),
        },
      });
      revision.current = saved.plan.revision;
      void refreshAfter(plans.save);
      const ids = new Map(filled.map(({ key }, at) => [key, saved.items[at]?.id ?? null]));
      change((now) => ({ ...now, items: now.items.map((item) => ({ ...item, id: ids.get(item.key) ?? item.id })) }));
      running.current = false;
      if (newest.current.items.length === sent.items.length && sameDraft(newest.current, sent)) {
        setSaving('saved');
        return true;
      }
      return await send();
    } catch (error) {
      running.current = false;
      const problem = asProblem(error);
      // What was typed and taken back again stands there already.
      const isSaved = problem.code === 'thing.nothingChanges' && sameDraft(newest.current, sent);
      setSaving(isSaved ? 'saved' : { problem });
      if (problem.code === 'thing.changed') setTheirs(await call(plans.read, { params: { planId } }).catch(() => null));
      return isSaved;
    }
  }

  function change(next: (draft: Draft) => Draft) {
    newest.current = next(newest.current);
    setDraft(newest.current);
  }

  /** Sends what is not sent yet; true when everything is saved. */
  function settle(): Promise<boolean> {
    return saving === 'saved' ? Promise.resolve(true) : send();
  }

  /** The draft as the server made it, such as after another text was pasted. */
  function replace(fresh: Detail) {
    clearTimeout(timer.current);
    revision.current = fresh.plan.revision;
    setTheirs(null);
    change(() => draftOf(fresh));
    setSaving('saved');
  }

  // What went up when this page was left last may arrive after it was opened again.
  const adopt = useRef(replace);
  adopt.current = replace;
  const isBehind = saving === 'saved' && detail.plan.revision > revision.current;
  useEffect(() => {
    if (isBehind) adopt.current(detail);
  }, [isBehind, detail]);

  return {
    draft,
    saving,
    /** What this person left here earlier, see `useWriting`. */
    left,
    /** What somebody else saved in place of the draft on the screen, until the person chooses. */
    theirs,
    settle,
    revisionNow: () => revision.current,
    set(next: (draft: Draft) => Draft) {
      change(next);
      // Beside another draft nothing is saved by itself.
      if (theirs !== null) return;
      setSaving('waiting');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), quietMilliseconds);
    },
    /** Goes on with what was left here; where the plan was saved since, the person first chooses between the two. */
    resume({ value, revision: of, overtaken }: LeftWriting<Draft>) {
      change(() => value);
      setSaving('waiting');
      clearTimeout(timer.current);
      if (!overtaken) {
        timer.current = setTimeout(() => void send(), quietMilliseconds);
        return;
      }
      // With the revision of then nothing goes up over what was saved since.
      revision.current = of;
      setTheirs(detail);
    },
    /** Saves the draft on the screen in place of theirs. */
    insist() {
      if (theirs === null) return;
      revision.current = theirs.plan.revision;
      // Items that they took out are there no more, and come back as new ones.
      const known = new Set(theirs.items.map(({ id }) => id));
      change((now) => ({
        ...now,
        items: now.items.map((item) => (item.id !== null && known.has(item.id) ? item : { ...item, id: null })),
      }));
      setTheirs(null);
      void send();
    },
    replace,
  };
}

/** Ids and keys are no change of the person's. */
function sameDraft(one: Draft, other: Draft): boolean {
  const bare = (draft: Draft) =>
    JSON.stringify({ ...draft, items: draft.items.map((item) => ({ ...item, id: null, key: null })) });
  return bare(one) === bare(other);
}
