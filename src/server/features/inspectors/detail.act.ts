import type { z } from 'zod';
import type { inspectorDetail, ownInspector } from '#contract/inspectors/inspectors.ts';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { findSignedSteps, listSteps } from '#core/workflow/step.store.ts';
import { holds } from '#domain/access/actor.ts';
import { ownHands, signingRefusal } from '#domain/access/signing.ts';
import { permitted } from '#domain/flow/flow.ts';
import { inspectorFlow, inspectorSigning, inspectorStepTitles, isOwnForm } from '#domain/inspection/flow.ts';
import { letterWay, otherHands } from '#domain/inspection/hands.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { periodsOn } from '#domain/inspection/inspector-rules.shape.ts';
import { paperPart, papersOwed } from '#domain/inspection/papers.ts';
import { isBeyondTerms, termEnd, termWarnings } from '#domain/inspection/terms.ts';
import { problem } from '#domain/kit/problem.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { type InspectorContext, requirementsOf, subjectOf } from './inspector.act.ts';
import {
  listPaperFiles,
  listPapers,
  listPosts,
  listRelations,
  listSameCertificate,
  listTerms,
  type TermRow,
} from './inspector.detail.store.ts';
import { findListed } from './inspector.list.store.ts';
import { findUsername, type Inspector } from './inspector.store.ts';
import { inspectorRules } from './inspector-rules.shape.ts';
import { listed } from './listed.shape.ts';
import { findOffice } from './steps/office.store.ts';

type Detail = z.output<typeof inspectorDetail>;

/** The parts of an entry that the office and the inspector read alike. */
async function shared(ctx: InspectorContext, inspector: Inspector, terms: readonly TermRow[]) {
  const came = await listPapers(ctx.db, inspector);
  const isDue = inspector.state === 'serving';
  const due = isDue ? papersOwed(inspector.kind, inspectorRules, ctx.today, inspector.appointedOn) : [];
  const missing = due.filter(
    (one) =>
      !came.some(
        ({ paper, schoolYear, half }) => paper === one.paper && schoolYear === one.schoolYear && half === one.half,
      ),
  );
  const files = await listPaperFiles(ctx.db, inspector);
  const filesOf = (one: Parameters<typeof paperPart>[0]) =>
    files.flatMap(({ part, name }) => (part === paperPart(one) ? [name] : [])).slice(0, 20);
  const { employer, employerUnitId, employerSchoolId } = inspector;
  return {
    ...listed(await findListed(ctx.db, inspector), ctx.today),
    ...{ birthYear: inspector.birthYear, educationYears: inspector.educationYears },
    employerBody: { written: employer, unitId: employerUnitId, schoolId: employerSchoolId },
    ...{ publicContact: inspector.publicContact, profile: inspector.profile, filledOn: inspector.filledOn },
    posts: await listPosts(ctx.db, inspector),
    requirements: requirementsOf(ctx, inspector),
    termList: terms.map((term) => ({ ...term })),
    papers: [...missing.map((one) => ({ ...one, handedOn: null, handedBy: null, body: '' })), ...came].map((one) => ({
      ...one,
      files: filesOf(one),
    })),
  };
}

/** Who reads what keeps an inspector away: whoever keeps the register at his place or at the city. */
export function readsRelations({ actor }: Pick<InspectorContext, 'actor'>): boolean {
  return holds(actor, 'inspector.write') || holds(actor, 'inspector.review');
}

function termsSaid({ today }: InspectorContext, { state, kind }: Inspector, terms: readonly TermRow[]): string[] {
  if (state !== 'serving') return [];
  return termWarnings(terms, kind, inspectorRules, today).map(({ sentence }) => sentence);
}

/** That the number of the certificate is in the register of another unit in reach, too: only who may see both is told. */
async function certificateSaid(ctx: InspectorContext, inspector: Inspector): Promise<string[]> {
  if (inspector.state === 'withdrawn') return [];
  const most = 3;
  const same = await listSameCertificate(ctx.db, ctx.scope, inspector, most + 1);
  if (same.length === 0) return [];
  const who = same
    .slice(0, most)
    .map(({ placeName, name, kind }) => `${placeName}${name}（${inspectorKindTitles[kind]}）`);
  const more = same.length > most ? '等' : '';
  return [`督学证号与${who.join('、')}${more}的相同，请核对；是同一人的不必改。`];
}

export async function presentDetail(ctx: InspectorContext, inspector: Inspector): Promise<Detail> {
  const terms = await listTerms(ctx.db, inspector);
  const subject = subjectOf(ctx, inspector);
  // A button is there while something is missing, and the refusal says what.
  const can = permitted(inspectorFlow, subject, ctx.actor, ['recommend', 'review', 'confirm', 'appoint', 'renew']);
  const signed = (await findSignedSteps(ctx.db, [inspector])).get(inspector.id) ?? [];
  const office = can.letter || can.review || can.confirm ? await findOffice(ctx.db, inspector.placeId) : undefined;
  let signingObstacle: string | null = null;
  const isOwn = isOwnForm(inspector, ctx.actor);
  can.renew &&= terms.at(-1)?.to !== null && !isOwn;
  for (const act of ['recommend', 'review', 'confirm', 'appoint'] as const) {
    if (!can[act]) continue;
    const signing = inspectorSigning(act);
    const refusal = isOwn ? problem('inspector.ownForm') : signing && signingRefusal(signed, ctx.actor, act, signing);
    if (!refusal) continue;
    can[act] = false;
    const isReview = (act === 'review' || act === 'confirm') && office !== undefined;
    const hands = [...ownHands(ctx.actor), ...signed.flatMap(({ personId }) => personId ?? [])];
    signingObstacle = `${refusal.message}${isReview ? otherHands(act, office, hands) : ''}`;
  }
  const steps = await listSteps(ctx.db, inspector);
  const titles = inspectorStepTitles(steps.map(({ action }) => action));
  const last = terms.at(-1);
  const from = inspector.state === 'serving' && last?.to && last.to >= ctx.today ? addDays(last.to, 1) : ctx.today;
  const { publicNotice } = periodsOn(inspectorRules, ctx.today);
  const rule = isBeyondTerms(terms, from, inspector.kind, inspectorRules);
  return {
    ...(await shared(ctx, inspector, terms)),
    username: inspector.personId === null ? null : ((await findUsername(ctx.db, inspector.personId)) ?? null),
    ...{
      recommendedBy: inspector.recommendedBy,
      publicNoticeFrom: inspector.publicNoticeFrom,
      publicNoticeTo: inspector.publicNoticeTo,
    },
    ...{ appointedOn: inspector.appointedOn, endedOn: inspector.endedOn, reason: inspector.reason },
    ...{ imported: inspector.imported, enteredBy: inspector.enteredByName },
    warnings: [...termsSaid(ctx, inspector, terms), ...(await certificateSaid(ctx, inspector))],
    relations: readsRelations(ctx) ? await listRelations(ctx.db, inspector) : null,
    nextTerm: {
      from,
      to: termEnd(inspector.kind, from, inspectorRules),
      beyond: rule === undefined ? null : `${rule.note}（${rule.document}${rule.article ?? ''}）`,
    },
    nextPublicNotice: { from: ctx.today, to: addDays(ctx.today, publicNotice - 1) },
    steps: steps
      .map(({ id, action, from: before, to, actorName, at, reason }, index) => ({
        ...{ id, action, from: before, to, actorName, reason, title: titles[index]!, at: at.toISOString() },
      }))
      .slice(-newestEntries),
    can,
    signingObstacle,
    letterWay: can.letter && office !== undefined ? letterWay(office.own) : null,
  };
}

/** The own entry, with what the inspector declared himself. */
export async function presentOwn(ctx: InspectorContext, inspector: Inspector): Promise<z.output<typeof ownInspector>> {
  return {
    ...(await shared(ctx, inspector, await listTerms(ctx.db, inspector))),
    relations: await listRelations(ctx.db, inspector),
    mayFill: inspector.state === 'draft',
  };
}
