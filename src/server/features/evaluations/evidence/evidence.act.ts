import type { z } from 'zod';
import { mostAtLeaf } from '#contract/evaluations/evaluations.shape.ts';
import type * as contract from '#contract/evaluations/evaluations.ts';
import type { evidenceRow, linkedEvidence, newEvidence } from '#contract/evaluations/evidence.shape.ts';
import type { RouteInput } from '#contract/route.ts';
import { holder } from '#core/access/holder.ts';
import { claimClientId } from '#core/access/request/client-ids.store.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { foundByOf } from '#core/directory/initials.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { recordOf } from '../evaluation.act.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { lockForAnswer, writeLeaf } from '../leaf/leaf.act.ts';
import { isRunWithoutAnswers } from '../looked-up.store.ts';
import {
  type Evidence,
  type EvidenceContent,
  type EvidenceRow,
  findEvidence,
  insertEvidence,
  lockEvidence,
  showing,
  updateEvidence,
} from './evidence.store.ts';
import {
  findLink,
  isJudging,
  type LinkedRow,
  type LinkPlace,
  listLinked,
  writeLink,
  writeMovedLinks,
} from './link.store.ts';
import { comparePrints } from './resemblance.jobs.ts';

export const evidenceWord = '份证据材料';

/** What changes the row of a piece of evidence. */
export const evidenceRevised: Revised = {
  ...{ table: 'evidence_items', type: 'evidence' },
  acts: ['edited', 'replaced', 'removed'].map((done) => `evidence.${done}`),
};

/** The piece, or a refusal that reveals nothing outside the person's reach. */
export async function loadEvidence(ctx: EvaluationContext, id: string): Promise<EvidenceRow> {
  const found = await findEvidence(ctx.db, ctx.scope, id);
  if (!found) throw problem('thing.notFound', { what: evidenceWord });
  return found;
}

/** Whether the library in which a piece lies is that of this post. */
export function isOwnLibrary({ actor }: Pick<EvaluationContext, 'actor'>, one: Pick<Evidence, 'placeId' | 'schoolId'>) {
  if (!holds(actor, 'evaluation.answer')) return false;
  if (actor.level === 'school') return one.schoolId !== null && one.schoolId === actor.schoolId;
  return actor.level === 'county' && one.schoolId === null && one.placeId === actor.unitId;
}

/**
 * Whether this person keeps the library in which a piece lies: the own one, or that of a school without an account, whose
 * self-evaluation the level that runs it fills.
 */
export async function keepsLibrary(
  ctx: Pick<EvaluationContext, 'actor' | 'db'>,
  one: Pick<Evidence, 'placeId' | 'schoolId'>,
): Promise<boolean> {
  const { actor, db } = ctx;
  if (isOwnLibrary(ctx, one)) return true;
  if (one.schoolId === null || actor.unitId === null || !holds(actor, 'evaluation.judge')) return false;
  if (actor.level !== 'city' && actor.level !== 'county') return false;
  return await isRunWithoutAnswers(db, { placeId: one.placeId, schoolId: one.schoolId }, actor.unitId);
}

function auditOf(
  { placeId, schoolId, id, title }: Pick<Evidence, 'placeId' | 'schoolId' | 'id' | 'title'>,
  done: string,
  more: Pick<AuditEntry, 'before' | 'after' | 'fields'> = {},
): AuditEntry {
  return {
    ...{ action: `evidence.${done}`, objectType: 'evidence', objectId: id, placeId, schoolId },
    ...more,
    after: { title, ...more.after },
  };
}

/** The piece of a library that the person keeps, locked as the person has read it. */
async function lockOwn(ctx: EvaluationContext, id: string, revision?: number): Promise<Evidence> {
  const found = await loadEvidence(ctx, id);
  ctx.authorize(await keepsLibrary(ctx, found), problem('evidence.notYours'));
  const locked = await lockEvidence(ctx.db, found);
  if (!locked) throw problem('thing.notFound', { what: evidenceWord });
  if (locked.state !== 'kept') throw problem('evidence.gone', { title: locked.title });
  if (revision !== undefined && locked.revision !== revision) {
    throw await changedMeanwhile(ctx, evidenceWord, locked, evidenceRevised);
  }
  return locked;
}

/** What stays as it is once it was handed in: another version is another piece. */
function assertOpen({ locked, title }: Pick<Evidence, 'locked' | 'title'>): void {
  if (locked) throw problem('evidence.handedIn', { title });
}

type Given = z.output<typeof newEvidence>;

const contentOf = (ctx: Pick<EvaluationContext, 'today'>, given: Given): EvidenceContent => ({
  ...{ title: given.title, aboutDay: given.aboutDay, receivedOn: given.receivedOn ?? ctx.today },
  ...{ catalogueNumber: given.catalogueNumber || null, boxNumber: given.boxNumber || null },
  ...{ confidentiality: given.confidentiality, expiresOn: given.expiresOn },
});

/** The words by which the audit tells of a piece. */
const wordsOf = (one: EvidenceContent) => ({
  ...{ catalogueNumber: one.catalogueNumber, boxNumber: one.boxNumber, aboutDay: one.aboutDay },
  ...{ confidentiality: confidentialityTitles[one.confidentiality], expiresOn: one.expiresOn },
});

interface NewPiece extends Given {
  readonly id: string;
  readonly replacesId: string | null;
  readonly link: { readonly evaluationId: string; readonly code: string } | null;
}

type Library = Pick<Evidence, 'placeId' | 'schoolId'>;

/** The library of whoever adds something that neither proves a leaf yet nor replaces a piece. */
function ownLibrary({ actor }: Pick<EvaluationContext, 'actor'>): Library {
  const placeId = actor.unitId;
  const isLibrary = actor.level === 'school' ? actor.schoolId !== null : actor.level === 'county';
  if (placeId === null || !isLibrary || !holds(actor, 'evaluation.answer')) throw problem('evidence.noLibrary');
  return { placeId, schoolId: actor.level === 'school' ? actor.schoolId : null };
}

/**
 * Enters a piece; its file comes afterwards. A newer version takes the place of an older one in its library, and what proves
 * a leaf goes to the library of its subject: a school without an account has nobody else who enters it there.
 */
export async function addEvidence(ctx: EvaluationContext, { id, replacesId, link, ...given }: NewPiece) {
  const { actor, now } = ctx;
  const use = { personId: actor.userId, purpose: 'evidence', what: evidenceWord, now };
  if ((await claimClientId(ctx.db, id, use)) === 'repeated') {
    const { revision } = await loadEvidence(ctx, id);
    return { id, revision };
  }
  const held = link === null ? null : await lockForAnswer(ctx, link.evaluationId, [link.code]);
  const earlier = replacesId === null ? null : await lockOwn(ctx, replacesId);
  const { placeId, schoolId } = earlier ?? held?.evaluation ?? ownLibrary(ctx);
  const content = contentOf(ctx, given);
  const [alsoFoundBy = ''] = await foundByOf([content.title]);
  const piece = { ...content, id, placeId, unitId: placeId, schoolId };
  await insertEvidence(
    ctx.db,
    { ...piece, replacesId, alsoFoundBy, personId: actor.userId, by: signatureOf(actor) },
    now,
  );
  if (earlier !== null) {
    await updateEvidence(ctx.db, earlier, { state: 'replaced' }, now);
    // What was handed in keeps the version with which it was.
    if (!earlier.locked) {
      await writeMovedLinks(ctx.db, earlier, id);
      for (const one of [earlier, piece]) ctx.along(showing(ctx.db, one));
    }
    await ctx.record(auditOf(earlier, 'replaced', { after: { replacedBy: id } }));
  }
  await ctx.record(auditOf(piece, 'added', { after: wordsOf(content) }));
  if (held !== null) await putLink(ctx, held, { ...piece, locked: false }, { linked: true, ...nowhereInPiece });
  return { id, revision: 1 };
}

export async function editEvidence(
  ctx: EvaluationContext,
  id: string,
  { revision, ...given }: Given & { readonly revision: number },
) {
  const piece = await lockOwn(ctx, id, revision);
  assertOpen(piece);
  const content = contentOf(ctx, given);
  const before = contentOf(ctx, piece);
  if (canonicalJson(content) === canonicalJson(before)) {
    throw problem('thing.nothingChanges', { what: '材料登记' });
  }
  const [alsoFoundBy = ''] = await foundByOf([content.title]);
  const next = await updateEvidence(ctx.db, piece, { ...content, alsoFoundBy }, ctx.now);
  if (content.confidentiality !== piece.confidentiality) ctx.along(showing(ctx.db, piece));
  await ctx.record(
    auditOf({ ...piece, title: content.title }, 'edited', { before: wordsOf(piece), after: wordsOf(content) }),
  );
  return { id, revision: next };
}

/** Takes a piece out of the library. What was handed in stays with it. */
export async function removeEvidence(ctx: EvaluationContext, id: string, revision: number) {
  const piece = await lockOwn(ctx, id, revision);
  assertOpen(piece);
  const row = await loadEvidence(ctx, id);
  if (row.leaves > 0) throw problem('evidence.linked', { title: piece.title, leaves: row.leaves });
  await updateEvidence(ctx.db, piece, { state: 'withdrawn', reason: '移出材料库' }, ctx.now);
  ctx.along(showing(ctx.db, piece));
  await ctx.record(auditOf(piece, 'removed'));
  return { done: true as const };
}

type Linking = Omit<RouteInput<typeof contract.linkEvidence>['body'], 'evidenceId'>;

/** What is said of a link before anybody has said where in the piece it stands. */
const nowhereInPiece = { pageNote: null, page: null, region: null } as const;

/** Puts a piece at a leaf that is open, or takes it off. What was judged of the leaf before is void where it was judged. */
async function putLink(
  ctx: EvaluationContext,
  { evaluation, leaves }: Awaited<ReturnType<typeof lockForAnswer>>,
  piece: Pick<Evidence, 'placeId' | 'schoolId' | 'id' | 'title' | 'locked'>,
  { linked, pageNote, page, region }: Linking,
) {
  const { code } = leaves[0]!;
  const isOfSubject = piece.placeId === evaluation.placeId && piece.schoolId === evaluation.schoolId;
  if (!isOfSubject) throw problem('evidence.ofAnother');
  const leaf = { placeId: evaluation.placeId, id: evaluation.id, code, schoolId: evaluation.schoolId };
  const before = await findLink(ctx.db, leaf, piece);
  // Whoever takes the piece out of the library waits, or has done so already.
  const held = linked ? await lockEvidence(ctx.db, piece) : undefined;
  if (held && held.state !== 'kept' && (held.state === 'withdrawn' || before === undefined)) {
    throw problem('evidence.gone', { title: piece.title });
  }
  const note = pageNote ?? '';
  const place = {
    ...{ pageNote: note, page },
    region: region === null ? null : [region.left, region.top, region.width, region.height],
  };
  const isSame = linked ? canonicalJson(before ?? null) === canonicalJson(place) : before === undefined;
  if (!isSame) {
    await writeLink(ctx.db, leaf, piece, linked ? { ...place, by: signatureOf(ctx.actor) } : null, ctx.now);
    ctx.along(showing(ctx.db, piece));
    if (evaluation.returned !== null) {
      const { prepared } = await editionOf(ctx.db, evaluation);
      writeLeaf(ctx, { evaluation, prepared }, leaves[0]!, {});
    }
    const after = { leafCode: code, evidenceTitle: piece.title, ...(linked ? { pageNote: wordsOfPlace(place) } : {}) };
    await ctx.record(recordOf(evaluation, linked ? 'evidenceLinked' : 'evidenceUnlinked', { after }));
    await ctx.enqueue(comparePrints, {
      ...{ places: [...new Set([evaluation.placeId, evaluation.campaignPlaceId])] },
      ...{ placeId: piece.placeId, evidenceId: piece.id },
    });
  }
  return { leaf, isSame };
}

export async function linkEvidence(
  ctx: EvaluationContext,
  id: string,
  code: string,
  { evidenceId, ...linking }: Linking & { readonly evidenceId: string },
) {
  const piece = await loadEvidence(ctx, evidenceId);
  if (piece.state === 'withdrawn') throw problem('evidence.gone', { title: piece.title });
  const { leaf, isSame } = await putLink(ctx, await lockForAnswer(ctx, id, [code]), piece, linking);
  if (isSame) throw problem('thing.nothingChanges', { what: '材料与指标的对应' });
  return { evidence: (await listLinked(ctx.db, leaf, mostAtLeaf)).map(shownLinked) };
}

/** `第 3 页（标出区域） 表 2`: the place of a link for the audit. */
function wordsOfPlace({ pageNote, page, region }: LinkPlace): string {
  return [page === null ? '' : `第 ${page} 页${region === null ? '' : '（标出区域）'}`, pageNote]
    .filter(Boolean)
    .join(' ');
}

export function shownEvidence(row: EvidenceRow): z.output<typeof evidenceRow> {
  const { file } = row;
  return {
    ...{ id: row.id, title: row.title, unitName: row.unitName, fileId: file?.id ?? null, fileName: file?.name ?? null },
    ...{ mediaType: file?.mediaType ?? null, size: file?.size ?? null, aboutDay: row.aboutDay },
    ...{ receivedOn: row.receivedOn, catalogueNumber: row.catalogueNumber, boxNumber: row.boxNumber },
    ...{ confidentiality: row.confidentiality, expiresOn: row.expiresOn, replacedBy: row.replacedBy },
    ...{ version: row.version, addedBy: row.addedBy, addedAt: row.addedAt.toISOString(), leaves: row.leaves },
    revision: row.revision,
  };
}

function regionOf(kept: LinkPlace['region']): z.output<typeof linkedEvidence>['region'] {
  if (kept === null) return null;
  const [left = 0, top = 0, width = 0, height = 0] = kept;
  return { left, top, width, height };
}

/** How many resemblances stand beside a piece. */
const mostResemblances = 20;

export function shownLinked(row: LinkedRow): z.output<typeof linkedEvidence> {
  return {
    ...shownEvidence(row),
    ...{ pageNote: row.pageNote || null, page: row.page, region: regionOf(row.region) },
    resemblances: row.resemblances.slice(0, mostResemblances).map((one) => ({ ...one })),
  };
}

/**
 * Files of evidence: whoever keeps the library brings them until it was handed in; whoever reads the piece, by place or by a
 * seat at a leaf that it proves, opens them.
 */
export const evidenceHolder = holder<EvaluationHandle>({
  read: ['evaluation.read', 'evaluation.judge'],
  attach: ['evaluation.answer', 'evaluation.judge'],
  judges: ['evaluation.judge', 'evaluation.conclude'],
  async may(ctx, evidenceId, act) {
    const piece = await loadEvidence(ctx, evidenceId);
    if (act === 'attach') {
      ctx.authorize(await keepsLibrary(ctx, piece), problem('evidence.notYours'));
      assertOpen(piece);
    }
    if (isOwnLibrary(ctx, piece)) return { ...piece, judged: false };
    return { ...piece, judged: await isJudging(ctx.db, piece, ctx.actor) };
  },
  async changed(ctx, subject) {
    ctx.along(showing(ctx.db, subject));
    await ctx.enqueue(comparePrints, { places: [subject.placeId], placeId: subject.placeId, evidenceId: subject.id });
  },
});
