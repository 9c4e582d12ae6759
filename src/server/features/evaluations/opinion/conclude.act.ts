import type { z } from 'zod';
import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput } from '#contract/route.ts';
import { claimClientId } from '#core/access/request/client-ids.store.ts';
import { lockPeriod } from '#core/calendar/period.store.ts';
import { findingsRaised } from '#core/workflow/finding-occurrences.ts';
import { letterWanted } from '#core/workflow/letter-occurrences.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import { type OpinionLetterScene, opinionLetter, type WantedLetter } from '#domain/evaluation/opinion.ts';
import { letterFaults } from '#domain/evaluation/result/letter-faults.ts';
import { daysHeld } from '#domain/evaluation/result/letter-words.ts';
import { resultLetter } from '#domain/evaluation/result/result-letter.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearOf } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { editionOf } from '../edition.act.ts';
import {
  authoriseFor,
  type EvaluationContext,
  loadEvaluation,
  overtaken,
  recordOf,
  stepEvaluation,
} from '../evaluation.act.ts';
import { type Evaluation, evaluationWrite, lockEvaluation } from '../evaluation.store.ts';
import { sendToOffice, sendToSubject } from '../notice.act.ts';
import { findingsRaising, listDuties, listFindingKinds, type NewFinding, writeFindings } from './finding.store.ts';
import {
  type Finding,
  findOpinion,
  findOwnDraft,
  isOwingBlind,
  type OpinionRows,
  writeOpinion,
} from './opinion.store.ts';
import { releaseAgain } from './release.act.ts';
import { broughtBy, type Concluding, resultAndOpinion } from './result.act.ts';
import { findStepDays } from './result.store.ts';
import { lockResults } from './round.act.ts';

type Saved = RouteInput<typeof evaluations.saveOpinion>['body'];
type SavedFinding = Omit<z.output<typeof evaluations.opinionFinding>, 'raisedAt'>;

/** Saves comments and findings. Whoever came with an older opinion is told who changed it. */
export async function saveOpinion(ctx: EvaluationContext, id: string, { revision, comments, findings }: Saved) {
  const found = await loadEvaluation(ctx, id);
  const evaluation = (await lockEvaluation(ctx.db, found, ctx.actor.userId)) ?? found;
  await authoriseFor(ctx, evaluation, 'conclude');
  if (await isOwingBlind(ctx.db, evaluation)) throw problem('evaluation.opinionBlind');
  if (revision !== evaluation.revision) throw await overtaken(evaluation, ctx);
  const { prepared } = await editionOf(ctx.db, evaluation);
  const unknown = [...comments, ...findings].flatMap(({ code }) =>
    code === null || prepared.byCode.has(code) ? [] : [code],
  );
  if (unknown.length > 0) throw problem('evaluation.findingCode', { codes: unknown });
  const before = await findOpinion(ctx.db, evaluation);
  const kept = await keptFindings(ctx, evaluation, findings, before.findings);
  if (isSame(before, comments, kept)) throw problem('thing.nothingChanges', { what: '评估意见' });
  const who = { by: ctx.actor.userId, name: signatureOf(ctx.actor), at: ctx.now };
  await writeOpinion(ctx.db, evaluation, { comments, state: 'draft' }, { ...who, drafts: true });
  const written = await writeFindings(ctx.db, evaluation, kept, who);
  if (written.length < kept.length) throw problem('request.idTaken', { what: '个问题' });
  ctx.along(evaluationWrite(ctx.db, evaluation, {}, ctx.now));
  await ctx.record({
    ...recordOf(evaluation, 'opinionSaved', { after: { comments: comments.length, findings: kept.length } }),
    // The draft is the city's alone.
    ...{ placeId: evaluation.campaignPlaceId, schoolId: null },
  });
  return { id: evaluation.id, state: evaluation.state, revision: evaluation.revision + 1 };
}

/** Whether the opinion stands there already, word by word. */
function isSame({ opinion, findings }: OpinionRows, comments: Saved['comments'], kept: readonly NewFinding[]): boolean {
  const written = findings.map(({ dutyName: _, raisedAt: __, ...one }) => one);
  return canonicalJson([opinion?.comments ?? null, written]) === canonicalJson([comments, kept]);
}

/** The findings as they are written: of kinds of the ledger, with duty bodies of the subject. */
async function keptFindings(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  findings: readonly SavedFinding[],
  before: readonly Finding[],
): Promise<NewFinding[]> {
  const known = new Map(before.map((one) => [one.id, one]));
  const kinds = findings.length === 0 ? new Map<string, boolean>() : await listFindingKinds(ctx.db);
  const numbers = (pick: (one: SavedFinding) => number | null) => findings.flatMap((one) => pick(one) ?? []);
  const named = { units: numbers((one) => one.dutyUnitId), schools: numbers((one) => one.dutySchoolId) };
  const duties =
    named.units.length + named.schools.length === 0 ? [] : await listDuties(ctx.db, evaluation.placeId, named);
  const kept: NewFinding[] = [];
  for (const { id, code, kind, title, body, dutySchoolId, dutyUnitId, dueOn } of findings) {
    if (kinds.get(kind) !== true && known.get(id)?.kind !== kind) throw problem('evaluation.findingKind', { kind });
    const duty =
      dutySchoolId === null
        ? duties.find((one) => one.type !== 'school' && one.id === dutyUnitId)
        : duties.find((one) => one.type === 'school' && one.id === dutySchoolId);
    if (duty === undefined && (dutySchoolId ?? dutyUnitId) !== null) throw problem('evaluation.findingDuty', { title });
    if (!known.has(id)) {
      const what = { personId: ctx.actor.userId, purpose: 'evaluation-finding', what: '个问题', now: ctx.now };
      await claimClientId(ctx.db, id, what);
    }
    kept.push({ ...{ id, code, kind, title, body, dueOn }, dutyType: duty?.type ?? null, dutyId: duty?.id ?? null });
  }
  return kept;
}

/** What the letters of an evaluation are written from, as it stands now. */
async function letterScene(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  { result, rows: opinionRows }: Concluding,
): Promise<OpinionLetterScene> {
  const { prepared, selfTotal, scored, rows } = result;
  const { opinion, findings, statements } = opinionRows;
  const days = rows.leaves.flatMap(({ facts }) => facts.map(({ day }) => day)).sort();
  const made = statements.filter(({ waived }) => !waived);
  const standing = statements.filter(({ waived, answeredOn }) => waived && answeredOn === null);
  const visit = await findStepDays(ctx.db, evaluation, 'siteVisit');
  return {
    ...{ evaluationId: evaluation.id, kind: evaluation.kind, subjectName: evaluation.subjectName },
    ...{ assessmentYear: evaluation.assessmentYear, prepared, selfTotal, scored, conclusions: scored.conclusions },
    jointly: jointWorkOf(evaluation),
    visited: visit === undefined ? null : daysHeld(visit),
    comments: opinion?.comments ?? [],
    findings: findings.map((one) => ({ ...one, duty: dutyOf(one) })),
    statements: {
      ...{ made: made.length, accepted: made.filter(({ accepted }) => accepted === true).length },
      waived: standing.length > 0,
    },
    ...{ factsOn: days.at(-1) ?? ctx.today, readAt: ctx.now.toISOString() },
  };
}

/** Both units stand on the documents where two hold the inspection together. */
const jointWorkOf = ({ leadUnitName, partnerUnitName }: Evaluation) =>
  partnerUnitName === null ? null : { lead: leadUnitName, partner: partnerUnitName };

const dutyOf = ({ dutyType, dutyId, dutyName }: Finding) =>
  dutyType === null || dutyId === null ? null : { type: dutyType, id: dutyId, name: dutyName ?? '' };

/** Wants a letter to the subject, drafted once by its name. */
async function want(
  ctx: EvaluationContext,
  { placeId, schoolId, campaignPlaceId, id, title, subjectName, partnerUnitId }: Evaluation,
  letter: WantedLetter,
  { letterId, kind, name }: { readonly letterId: string; readonly kind: 'opinion' | 'bulletin'; readonly name: string },
): Promise<void> {
  const faults = letterFaults(letter);
  if (faults.length > 0) throw problem('evaluation.letterUnfit', { title: letter.title, faults });
  await ctx.announce(letterWanted, {
    ...{ letterId, placeId: campaignPlaceId, places: [campaignPlaceId], kind, title: letter.title },
    cosignerUnitId: partnerUnitId,
    ...{ addressees: [...letter.addressees], body: letter.body, figures: letter.figures },
    recipients: [{ unitId: placeId, schoolId }],
    ties: [
      {
        ...{ subjectType: 'evaluation', subjectPlaceId: placeId, subjectId: id },
        title: `${subjectName}：${title}`.slice(0, 200),
      },
    ],
    ...{ sourceType: 'evaluations', sourceId: `${id}:${name}`, sourceLabel: title },
  });
}

/** Wants the 督导意见书 and moves on; the office checks, signs and issues it as every other letter. */
export async function issueOpinion(ctx: EvaluationContext, id: string, revision: number) {
  const letterId = newId();
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'issueOpinion' },
    brought: async (row) => broughtBy(ctx, await resultAndOpinion(ctx, row), 'issueOpinion'),
    set: () => ({ opinionLetterId: letterId }),
    async follow(row) {
      const letter = opinionLetter(await letterScene(ctx, row, row.brought));
      // What was fed back again gets a letter of its own.
      const name = row.opinionLetterId === null ? 'opinion' : `opinion ${letterId}`;
      await want(ctx, row, letter, { letterId, kind: 'opinion', name });
    },
  });
}

/** Asks another hand to confirm the result. */
export async function submitResult(ctx: EvaluationContext, id: string, revision: number) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'submitResult' },
    brought: async (row) => broughtBy(ctx, await resultAndOpinion(ctx, row), 'submitResult'),
    async follow(row) {
      const who = { by: ctx.actor.userId, name: signatureOf(ctx.actor), at: ctx.now, drafts: false };
      await writeOpinion(ctx.db, row, { state: 'submitted' }, who);
      await sendToOffice(ctx, row, 'evaluation.resultSubmitted', null);
    },
  });
}

/**
 * Confirms the result by another hand: the city's points stand as they were released, findings go into the ledger, and the notice of
 * the result is wanted. Of two results of a campaign with a quota one is confirmed after the other, so that the second sees the place
 * that the first has taken.
 * @throws access.sameHand where this person wrote any of its words or submitted the result
 */
export async function confirmResult(ctx: EvaluationContext, id: string, revision: number) {
  const letterId = newId();
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'confirmResult' },
    async brought(row) {
      await lockResults(ctx.db, row.campaignId);
      return broughtBy(ctx, await resultAndOpinion(ctx, row), 'confirmResult');
    },
    set: () => ({ decidedOn: ctx.today, resultLetterId: letterId }),
    async follow(row) {
      const { result, rows } = row.brought;
      const { opinion, findings } = rows;
      const own = await findOwnDraft(ctx.db, row, ownHands(ctx.actor));
      if (own !== undefined) throw problem('access.sameHand', { name: own });
      await releaseAgain(ctx, row, result);
      // The result is a fact of the calendar year that was assessed.
      await lockPeriod(ctx.db, { kind: 'calendar-year', year: row.assessmentYear });
      const signed = { by: ctx.actor.userId, name: signatureOf(ctx.actor), at: ctx.now };
      await writeOpinion(ctx.db, row, { state: 'confirmed', confirmed: signed }, { ...signed, drafts: false });
      await raise(ctx, row, findings);
      const letter = resultLetter(await letterScene(ctx, row, row.brought));
      await want(ctx, row, letter, { letterId, kind: 'bulletin', name: 'result' });
      sendToSubject(ctx, row, 'evaluation.confirmed', result.conclusion ?? opinion?.conclusion ?? null);
    },
  });
}

/** Findings go into the ledger, each once by its key; the ledger says where they stand. */
async function raise(ctx: EvaluationContext, evaluation: Evaluation, findings: readonly Finding[]): Promise<void> {
  const open = findings.filter(({ raisedAt }) => raisedAt === null);
  if (open.length === 0) return;
  const { id, placeId, schoolId, campaignPlaceId, title } = evaluation;
  await ctx.announce(findingsRaised, {
    ...{ sourceType: 'evaluations', sourceId: id, sourceLabel: title, places: [placeId] },
    ...{ openedByUnitId: campaignPlaceId, openedLevel: 'city' },
    findings: open.map((one) => ({
      ...{ id: one.id, placeId, kind: one.kind, title: one.title },
      body:
        one.dueOn === null
          ? one.body
          : `${one.body}${one.body === '' ? '' : '\n'}督导意见书要求的整改期限：${one.dueOn}`,
      ...(one.code === null ? {} : { whereFound: `指标 ${one.code}` }),
      // The flow lets no result through whose findings have no duty body.
      duty: { type: one.dutyType!, id: one.dutyId! },
      ...(schoolId !== null && one.dutyType !== 'school' ? { aboutSchoolId: schoolId } : {}),
      ...{ schoolYear: schoolYearOf(ctx.today), foundOn: ctx.today, sourceKey: `${one.code ?? '*'} ${one.id}` },
      ...(one.dueOn === null ? {} : { dueOn: one.dueOn }),
    })),
  });
  ctx.along(findingsRaising(ctx.db, evaluation, open, ctx.now));
}

/** Sends the result back to whoever submitted it. */
export async function returnResult(
  ctx: EvaluationContext,
  id: string,
  { revision, reason }: { readonly revision: number; readonly reason: string },
) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'returnResult', reason },
    async follow(row) {
      const who = { by: ctx.actor.userId, name: signatureOf(ctx.actor), at: ctx.now, drafts: false };
      await writeOpinion(ctx.db, row, { state: 'draft' }, who);
      await sendToOffice(ctx, row, 'evaluation.resultReturned', reason);
    },
  });
}

/** Ends the evaluation: its findings are closed in the ledger, or a reason says why it ends before. */
export async function finish(
  ctx: EvaluationContext,
  id: string,
  { revision, reason }: { readonly revision: number; readonly reason: string },
) {
  return await stepEvaluation(ctx, id, {
    ...{ revision, action: 'finish', reason: reason === '' ? undefined : reason },
    async follow(row) {
      sendToSubject(ctx, row, 'evaluation.closed', reason === '' ? null : reason);
    },
  });
}
