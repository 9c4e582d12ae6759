import type { ActContext } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { advance, type Workflow } from '#core/workflow/advance.act.ts';
import { evaluationSigning } from '#domain/evaluation/flow/signing.ts';
import { type EvaluationSubject, evaluationFactsFor } from '#domain/evaluation/flow/subject.ts';
import { nextEvaluationState } from '#domain/evaluation/flow.ts';
import { evaluationStateTitles, isStepBack, stepOf } from '#domain/evaluation/kind.ts';
import type { JudgingLayer } from '#domain/evaluation/kind-definition.ts';
import type { EvaluationAction, EvaluationState, EvaluationStepAction } from '#domain/evaluation/lists.ts';
import type { OpinionLack } from '#domain/evaluation/opinion.ts';
import { problem } from '#domain/kit/problem.ts';
import { lockName } from '#platform/db/named-lock.ts';
import { editionOf } from './edition.act.ts';
import {
  type ActedEvaluation,
  type Evaluation,
  type EvaluationChange,
  type EvaluationHandle,
  evaluationWrite,
  findEvaluation,
  lockAtStep,
  lockEvaluation,
  reopeningOf,
  selfStandingOf,
  stepDoneWrite,
} from './evaluation.store.ts';
import { listLeaves } from './leaf/leaf.store.ts';
import { findFactsOf, type LookedUp } from './looked-up.store.ts';
import { lacksAt } from './unit-leaves.shape.ts';

export type EvaluationContext = ActContext<EvaluationHandle>;

/** How a refusal names an evaluation that does not exist. */
export const evaluationWord = '份评估';

/** What whoever knows of it brings to the facts: what the panel and the opinion lack, sentences without a full stop. */
export interface BroughtFacts {
  readonly panelLacks?: readonly string[];
  readonly opinionLacks?: readonly OpinionLack[];
  readonly conclusionMoved?: readonly string[];
  readonly quotaWaits?: readonly string[];
  readonly reasoned?: boolean;
}

/** The evaluation, or a refusal that reveals nothing outside the person's reach. */
export async function loadEvaluation(ctx: EvaluationContext, id: string): Promise<Evaluation> {
  const found = await findEvaluation(ctx.db, ctx.scope, id, ctx.actor.userId);
  if (!found) throw problem('thing.notFound', { what: evaluationWord });
  return found;
}

/** The layer that judges in the present step; that of the city where none does. */
export function judgingLayerOf({ kind, state }: Pick<Evaluation, 'kind' | 'state'>): JudgingLayer {
  return stepOf(kind, state)?.judges ?? 'city';
}

const nothingLookedUp = (evaluation: ActedEvaluation): LookedUp => ({
  accounts: { answers: true, confirms: true },
  ...{ incomplete: [], unsettled: [], talks: [], noticeIssued: false, opinionLetterIssued: false },
  statements: { dueOn: evaluation.statementDue, made: 0, unanswered: 0, waived: false },
  ledger: { raised: 0, settled: 0 },
});

/** The evaluation as the flow sees it. */
export function subjectOf(
  ctx: Pick<EvaluationContext, 'today'>,
  evaluation: ActedEvaluation,
  facts: LookedUp = nothingLookedUp(evaluation),
  brought: BroughtFacts = {},
): EvaluationSubject {
  const { kind, state, placeId, schoolId, managedBy, seat, ownSide } = evaluation;
  const { panelLacks = [], opinionLacks = [], conclusionMoved = [], quotaWaits = [], reasoned = false } = brought;
  return {
    ownSide,
    ...{ kind, state, placeId, schoolId, managedBy, ...facts, panelLacks, opinionLacks, conclusionMoved, quotaWaits },
    ...{ reasoned, today: ctx.today },
    ...{ self: selfStandingOf(evaluation), returned: reopeningOf(evaluation), seat: seat?.part ?? null },
  };
}

/** The facts that an act asks. */
export async function factsFor(
  ctx: Pick<EvaluationContext, 'db'>,
  evaluation: Evaluation,
  action: EvaluationAction,
): Promise<LookedUp> {
  const asked = evaluationFactsFor(action);
  const facts = await findFactsOf(ctx.db, evaluation, asked, judgingLayerOf(evaluation));
  if (!asked.includes('incomplete')) return facts;
  const { prepared } = await editionOf(ctx.db, evaluation);
  // Also when it is confirmed: what was not sent back cannot be filled until the office takes it in.
  const open = evaluation.returned?.codes ?? null;
  const lacks = lacksAt(prepared, await listLeaves(ctx.db, evaluation), open);
  return { ...facts, incomplete: lacks.map(({ code }) => code) };
}

/** Only for a person who may do this now; whoever may not is told why. */
export async function authoriseFor(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  action: EvaluationAction,
  brought: BroughtFacts = {},
): Promise<void> {
  const facts = await factsFor(ctx, evaluation, action);
  const asked = nextEvaluationState(action, subjectOf(ctx, evaluation, facts, brought), ctx.actor);
  ctx.authorize(asked.ok, asked.ok ? undefined : asked.problem);
}

/** The names of the steps in the audit. */
export const stepEvents: Readonly<Record<EvaluationStepAction, string>> = {
  ...{ submit: 'submitted', confirmSelf: 'selfConfirmed', takeBack: 'takenBack', return: 'returned' },
  ...{
    receive: 'received',
    moveOn: 'movedOn',
    release: 'released',
    releaseAgain: 'releasedAgain',
    state: 'stated',
    waiveStatement: 'waived',
  },
  ...{ answerStatement: 'statementAnswered', issueOpinion: 'opinionWanted', submitResult: 'resultSubmitted' },
  ...{ confirmResult: 'resultConfirmed', returnResult: 'resultReturned', finish: 'finished', close: 'closed' },
  cancel: 'cancelled',
};

/** Acts of the subject: it writes rows of its own, and the row of the evaluation stays as it is. */
const ofSubject: readonly EvaluationStepAction[] = ['submit', 'confirmSelf', 'takeBack', 'state', 'waiveStatement'];

/** What changes the row of an evaluation. */
export const evaluationRevised: Revised = {
  ...{ table: 'evaluations', type: 'evaluation' },
  acts: [...Object.values(stepEvents), 'opened', 'extended', 'partnerLeft', 'opinionSaved'].map(
    (done) => `evaluation.${done}`,
  ),
};

/** The refusal of whoever comes with an older revision: names the person of the last change. */
export async function overtaken({ id, placeId, subjectName, state }: Evaluation, ctx: EvaluationContext) {
  const last = await lastChange(ctx, placeId, { ...evaluationRevised, ids: [id] });
  return problem('evaluation.changed', { title: subjectName, state: evaluationStateTitles[state], last });
}

/** The audit row of an act on an evaluation. It is read at the place of the subject, so no judgement stands in it. */
export function recordOf(
  { placeId, schoolId, id, subjectName, title }: ActedEvaluation,
  done: string,
  more: Pick<AuditEntry, 'before' | 'after' | 'fields'> = {},
): AuditEntry {
  return {
    ...{ action: `evaluation.${done}`, objectType: 'evaluation', objectId: id, placeId, schoolId },
    ...more,
    after: { subjectName, title, ...more.after },
  };
}

export const stateWords = (state: EvaluationState) => ({ evaluationState: evaluationStateTitles[state] });

/** What an act brings beside its name, revision and reason. */
export interface EvaluationStep<Brought extends BroughtFacts = BroughtFacts> {
  readonly revision: number;
  readonly action: EvaluationStepAction;
  readonly reason?: string | undefined;
  /** Codes that a return opens. */
  readonly parts?: readonly string[] | undefined;
  /** Asked of the row once it is locked; what follows reads it, too. */
  readonly brought?: (row: Evaluation) => Promise<Brought>;
  /** What is set of the row beside its state. */
  readonly set?: (row: Evaluation) => EvaluationChange;
  /** What follows in the transaction. */
  readonly follow?: (row: Evaluation & { readonly brought: Brought }, to: EvaluationState) => Promise<void>;
  /** More of the act for the audit. */
  readonly after?: Record<string, unknown>;
}

type Row<Brought> = Evaluation & { readonly looked: LookedUp; readonly brought: Brought; readonly isKept: boolean };

/** The subject may not change the row: it is held at its step, and the acts of the subject wait for each other. */
async function keepAsSubject(ctx: EvaluationContext, found: Evaluation): Promise<Evaluation | undefined> {
  await lockName(ctx.db, `evaluation ${found.id}`);
  const held = await lockAtStep(ctx.db, found);
  return held === undefined ? undefined : await loadEvaluation(ctx, found.id);
}

/** Takes one step of an evaluation by its flow: lock, compare, ask, write, leave a step, record. */
export async function stepEvaluation<Brought extends BroughtFacts = BroughtFacts>(
  ctx: EvaluationContext,
  id: string,
  { revision, action, reason, parts, brought, set, follow, after }: EvaluationStep<Brought>,
): Promise<{ id: string; state: EvaluationState; revision: number }> {
  const reasoned = (reason ?? '') !== '';
  const own = ofSubject.includes(action);
  const workflow: Workflow<Row<Brought>, EvaluationState, EvaluationStepAction, EvaluationContext> = {
    what: evaluationWord,
    async lock(_ctx, [wanted]) {
      const found = await loadEvaluation(ctx, wanted ?? '');
      const kept = own ? await keepAsSubject(ctx, found) : await lockEvaluation(ctx.db, found, ctx.actor.userId);
      const row = kept ?? found;
      const looked = await factsFor(ctx, row, action);
      // An act that brings nothing reads nothing of it.
      const facts = (await brought?.(row)) ?? ({} as Brought);
      return [{ ...row, looked, brought: facts, isKept: kept !== undefined }];
    },
    ask(_ctx, row, asked) {
      const answer = nextEvaluationState(
        asked,
        subjectOf(ctx, row, row.looked, { ...row.brought, reasoned }),
        ctx.actor,
      );
      // The database keeps the row from whoever comes by a seat alone.
      return answer.ok && !row.isKept ? { ok: false, problem: problem('access.denied') } : answer;
    },
    signing: evaluationSigning(action),
    overtaken,
    apply: () => ({}),
    async write(_ctx, moves) {
      const [move] = moves;
      if (!move) return [];
      const { row, to } = move;
      if (own) return [{ id: row.id, state: to, revision: row.revision + (isHandIn(action) ? 1 : 0) }];
      const change = set?.(row) ?? {};
      ctx.along(evaluationWrite(ctx.db, row, { state: to, ...change }, ctx.now));
      if (to !== row.state) {
        const isBack = isStepBack(row.kind, row.state, to);
        ctx.along(stepDoneWrite(ctx.db, row, row.state, isBack ? null : ctx.today));
        if (isBack) ctx.along(stepDoneWrite(ctx.db, row, to, null));
      }
      return [{ id: row.id, state: to, revision: row.revision + 1 }];
    },
    record: (_ctx, { row, to }) =>
      recordOf(row, stepEvents[action], {
        before: stateWords(row.state),
        after: { ...stateWords(to), ...after, ...(reasoned ? { reason } : {}) },
      }),
    async follow(_ctx, [move]) {
      if (move) await follow?.(move.row, move.to);
    },
  };
  const request = { action, ...(reasoned ? { reason } : {}), ...(parts === undefined ? {} : { parts }) };
  const moved = await advance(ctx, workflow, id, revision, request);
  return { id: moved.id, state: moved.state, revision: moved.revision };
}

const isHandIn = (action: EvaluationStepAction) => ['submit', 'confirmSelf', 'takeBack'].includes(action);
