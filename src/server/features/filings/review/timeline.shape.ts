import type { z } from 'zod';
import type { timeline } from '#contract/filings/timeline.ts';
import type { HistoryEntry } from '#core/audit/entries.store.ts';
import type { Comment } from '#core/comments/comments.store.ts';
import type { Notice } from '#core/notices/notices.store.ts';
import type { Step } from '#core/workflow/step.store.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { stepTitle } from '#domain/filing/flow.ts';
import {
  type FieldChange,
  foldSaves,
  lastReturn,
  netChanges,
  type TimelineEntry,
  type TimelineKind,
} from '#domain/filing/review/timeline.ts';
import { withoutUndone } from '#domain/flow/undo.ts';

type Reply = z.output<typeof timeline.output>;

/** What the database holds about the course of a filing. */
export interface Course {
  /** Oldest first. */
  readonly steps: readonly Step[];
  readonly comments: readonly Comment[];
  readonly notices: readonly Notice[];
  /** The audit rows of `writtenActs`, in whatever order. */
  readonly writings: readonly HistoryEntry[];
}

/** An entry as it is shown. */
interface Entry extends TimelineEntry {
  readonly title: string;
  readonly by: string | null;
  readonly role: string | null;
  readonly text: string | null;
  readonly fields: readonly string[] | null;
}

/** The acts that leave no trace in steps, comments and notices, and how the timeline names them. */
const titles: Readonly<Record<string, { readonly kind: TimelineKind; readonly title: string }>> = {
  'filing.filled': { kind: 'change', title: '填写' },
  'filing.imported': { kind: 'import', title: '导入' },
  'filing.extended': { kind: 'extension', title: '延期' },
  'filing.commentResolved': { kind: 'comment', title: '批注已处理' },
  'filing.exempted': { kind: 'list', title: '不再应报' },
  'filing.restored': { kind: 'list', title: '恢复应报' },
};

export const writtenActs = Object.keys(titles);

type AuditedCells = Record<string, { v: CellValue; e?: string } | undefined>;

const none = { changes: [], personId: null, role: null, text: null, fields: null } as const;

function changesOf({ fields, before, after }: HistoryEntry): FieldChange[] {
  const was = (before ?? {}) as AuditedCells;
  const is = (after ?? {}) as AuditedCells;
  return fields.map((field) => {
    const explanation = is[field]?.e ?? null;
    const values = { before: was[field]?.v ?? null, after: is[field]?.v ?? null };
    return { field, ...values, explanation: explanation === (was[field]?.e ?? null) ? null : explanation };
  });
}

function entryOf(row: HistoryEntry, comments: ReadonlyMap<string, Comment>): Entry {
  const { kind, title } = titles[row.action]!;
  const entry = {
    ...{ ...none, id: `a${row.id}`, at: row.at, kind, title },
    ...{ personId: row.personId, by: row.actorName, role: row.actorRole },
  };
  const after = row.after ?? {};
  if (kind === 'change' || kind === 'import') return { ...entry, changes: changesOf(row) };
  if (kind === 'comment') {
    return { ...entry, text: comments.get(String(after.comment))?.body ?? null, fields: row.fields };
  }
  const reason = typeof after.reason === 'string' ? after.reason : null;
  if (kind !== 'extension') return { ...entry, text: reason };
  return {
    ...entry,
    text: [`期限由 ${row.before?.deadline} 改为 ${after.deadline}`, reason].filter(Boolean).join('：'),
  };
}

/**
 * Everything that happened to the filing, oldest first, with the saves of one piece of work laid together. The audit is
 * dated by the database and a step by its request, so two acts may bear one millisecond. Then audit rows keep the order of
 * their rising numbers, after the comment that one of them settles, and the steps come last: whoever submits or decides
 * does it after what was said and written.
 */
export function entriesOf({ steps, comments, notices, writings }: Course) {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const entries: Entry[] = [
    ...comments.map(({ id, at, authorName, body, part }) => ({
      ...{ ...none, id, at, kind: 'comment' as const, title: '批注', by: authorName, text: body },
      fields: part === null ? null : [part],
    })),
    ...notices.map(({ at, by, note }) => ({
      ...{ ...none, id: `n${at.getTime()}`, at, kind: 'notice' as const, title: '催报', by, text: note },
    })),
    ...writings.toSorted((left, right) => left.id - right.id).map((row) => entryOf(row, byId)),
    ...steps.map((step) => ({
      ...{ ...none, id: step.id, at: step.at, kind: 'step' as const, personId: step.signed.personId },
      title: stepTitle(step.action),
      ...{ by: step.actorName, role: step.actorRole, text: step.reason, fields: step.parts },
    })),
  ];
  return foldSaves(entries.sort((left, right) => left.at.getTime() - right.at.getTime()));
}

/** What was changed since the filing was sent back last, and which of the fields that were sent back were not. */
export function sinceReturnOf({ steps, writings }: Course): Reply['sinceReturn'] {
  const found = lastReturn(withoutUndone(steps));
  if (found === null) return null;
  const { step, parts } = found;
  const later = writings
    .filter(({ at, action }) => at > step.at && (action === 'filing.filled' || action === 'filing.imported'))
    .sort((left, right) => left.id - right.id)
    .flatMap((row) => changesOf(row).map((change) => ({ ...change, by: row.actorName, at: row.at.toISOString() })));
  const changes = netChanges(later);
  const changed = new Set(changes.map(({ field }) => field));
  return {
    at: step.at.toISOString(),
    title: stepTitle(step.action),
    by: step.actorName,
    reason: step.reason,
    changes,
    left: (parts ?? []).filter((field) => !changed.has(field)),
  };
}

export function entryShape(entry: ReturnType<typeof entriesOf>[number]): Reply['rows'][number] {
  const { personId: _, at, until, fields, changes, ...shown } = entry;
  return {
    ...{ ...shown, at: at.toISOString(), until: until.toISOString() },
    ...{ fields: fields && [...fields], changes: changes.map((change) => ({ ...change })) },
  };
}
