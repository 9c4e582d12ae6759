import { advance, type StepRequest, type Workflow } from '#core/workflow/advance.act.ts';
import { next } from '#domain/flow/flow.ts';
import { type InspectorStepAction, inspectorFlow, inspectorSigning } from '#domain/inspection/flow.ts';
import type { InspectorState } from '#domain/inspection/inspector.ts';
import type { InspectorNotice } from '#domain/inspection/notice.ts';
import { isBeyondTerms, termEnd } from '#domain/inspection/terms.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { tellInspector } from '../form.act.ts';
import {
  type InspectorContext,
  inspectorWord,
  loadInspector,
  overtaken,
  recordOf,
  stateWords,
  stepEvents,
  subjectOf,
} from '../inspector.act.ts';
import { endTerm, insertTerm, listTerms } from '../inspector.detail.store.ts';
import { type Inspector, type InspectorChange, lockInspector, updateInspector } from '../inspector.store.ts';
import { inspectorRules } from '../inspector-rules.shape.ts';
import { replacedBy } from './undo.act.ts';

/** A term as a person gives it. */
interface GivenTerm {
  readonly from: Day;
  readonly to: Day | null;
  readonly documentNumber: string | null;
  readonly reason: string | null;
}

/** What an act brings beside its name and reason. */
interface Brought {
  readonly set?: InspectorChange;
  readonly term?: GivenTerm;
  /** Where the form on paper lies of somebody without an account. */
  readonly paperForm?: string | null;
  /** More of the act for the audit. */
  readonly after?: Record<string, unknown>;
}

/** Whom an act tells, where the inspector has an account. */
const telling: Readonly<Partial<Record<InspectorStepAction, InspectorNotice>>> = {
  ...{
    appoint: 'inspector.appointed',
    renew: 'inspector.renewed',
    return: 'inspector.returned',
    end: 'inspector.ended',
  },
};

function workflowOf(
  action: InspectorStepAction,
  brought: Brought,
): Workflow<Inspector, InspectorState, InspectorStepAction, InspectorContext> {
  return {
    what: inspectorWord,
    async lock(ctx, [id]) {
      const locked = await lockInspector(ctx.db, await loadInspector(ctx, id ?? ''));
      return locked ? [locked] : [];
    },
    ask: (ctx, row, asked) => next(inspectorFlow, asked, subjectOf(ctx, row, brought.paperForm ?? null), ctx.actor),
    signing: inspectorSigning(action),
    overtaken,
    apply: (_ctx, _row, { reason }, to) => ({
      ...brought.set,
      ...(to === 'ended' || to === 'withdrawn' ? { reason: reason ?? null } : {}),
    }),
    async write(ctx, moves) {
      const [move] = moves;
      if (!move) return [];
      const change: InspectorChange = { ...move.set, state: move.to };
      const revision = await updateInspector(ctx.db, move.row, change, ctx.now);
      return [{ ...change, id: move.row.id, revision }];
    },
    keep: ({ row }) => ({ ...replacedBy(action, row) }),
    record: (_ctx, { row, to }, { reason }) =>
      recordOf(row, stepEvents[action], {
        before: stateWords(row),
        after: { ...stateWords({ state: to }), ...brought.after, ...(reason === undefined ? {} : { reason }) },
      }),
    async follow(ctx, [move]) {
      if (!move) return;
      const { row } = move;
      if (brought.term) await insertTerm(ctx.db, row, brought.term);
      if (move.to === 'ended') await endTerm(ctx.db, row, ctx.today);
    },
  };
}

/** One step of an inspector, with what it brings. */
export async function step(
  ctx: InspectorContext,
  id: string,
  { revision, action, reason, ...brought }: Brought & StepRequest<InspectorStepAction> & { readonly revision: number },
): Promise<{ id: string; state: InspectorState; revision: number }> {
  const request = { action, ...(reason === undefined ? {} : { reason }) };
  const moved = await advance(ctx, workflowOf(action, brought), id, revision, request);
  const notice = telling[action];
  if (notice !== undefined) await tellInspector(ctx, moved, notice, reason ?? brought.term?.documentNumber ?? null);
  return { id: moved.id, state: moved.state, revision: moved.revision };
}

/** Gives a term: the first of an appointment, or the next one. */
export async function giveTerm(
  ctx: InspectorContext,
  id: string,
  { revision, ...term }: GivenTerm & { readonly revision: number },
  action: 'appoint' | 'renew',
): Promise<{ id: string; state: InspectorState; revision: number }> {
  const inspector = await loadInspector(ctx, id);
  const terms = await listTerms(ctx.db, inspector);
  const last = terms.at(-1);
  if (last !== undefined && last.endedOn === null && last.to === null) throw problem('inspector.termEndless');
  const latest = termEnd(inspector.kind, term.from, inspectorRules);
  if (latest !== null && (term.to === null || term.to > latest)) throw problem('inspector.termTooLong', { latest });
  const lastDay = last === undefined ? null : (last.endedOn ?? last.to ?? last.from);
  if ((lastDay !== null && term.from <= lastDay) || (term.to !== null && term.to < term.from)) {
    throw problem('inspector.termDays', { from: lastDay ?? term.from });
  }
  const rule = isBeyondTerms(terms, term.from, inspector.kind, inspectorRules);
  const reason = term.reason === '' ? null : term.reason;
  if (rule && reason === null) {
    throw problem('inspector.beyondTerms', { most: rule.most ?? 0, source: `${rule.document}${rule.article ?? ''}` });
  }
  const after = { termFrom: term.from, termTo: term.to, documentNumber: term.documentNumber };
  const set = action === 'appoint' ? { appointedOn: ctx.today, endedOn: null } : {};
  const given = { ...term, documentNumber: term.documentNumber === '' ? null : term.documentNumber, reason };
  return step(ctx, id, { action, revision, set, term: given, after, ...(reason === null ? {} : { reason }) });
}
