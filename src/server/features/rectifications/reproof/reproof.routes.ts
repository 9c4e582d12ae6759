import { randomBytes } from 'node:crypto';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { serving } from '#core/access/serve.ts';
import { findCity } from '#core/calendar/working-days.store.ts';
import { digestOf, digestOfBytes } from '#core/evidence/digest.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { findSignedSteps, writeSteps } from '#core/workflow/step.store.ts';
import { holds, signature, signatureOf } from '#domain/access/actor.ts';
import { areApart, type SignedStep } from '#domain/access/signing.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { provedActions } from '#domain/rectification/flow.ts';
import { drawCancelledKind } from '#domain/rectification/notice.ts';
import { canonicalFrame, drawSample, drawSize, drawVersion } from '#domain/stats/draw/draw.ts';
import { newId } from '#platform/ids/new-id.ts';
import { findUnitKind } from '../duty.store.ts';
import { type FindingContext, findingWord } from '../finding.act.ts';
import { type FindingHandle, lockFindings, recordOf } from '../finding.store.ts';
import { openerOf } from '../step/enter.act.ts';
import { step } from '../step/step.act.ts';
import {
  countDraws,
  type Draw,
  findDraw,
  findSeed,
  insertDraw,
  listDraws,
  listFrame,
  listReproofs,
  lockDraw,
  lockDraws,
  writeCancelledDraw,
  writeReproof,
} from './reproof.store.ts';

const on = serving<FindingHandle>();

/** A tenth is proved again. */
const oneOf = 10;

const drawShape = (draw: Draw) => {
  const { placeId, drawnAt, drawnLevel: _, cancelledBy, cancelledAt, cancelReason, seed, ...shown } = draw;
  const cancelled = cancelledAt && {
    ...{ by: cancelledBy ?? '', at: cancelledAt.toISOString(), reason: cancelReason ?? '' },
  };
  return { ...shown, seed: draw.proved > 0 ? seed : null, unitId: placeId, drawnAt: drawnAt.toISOString(), cancelled };
};

/** A draw is taken back by the level that drew. */
const drewIt = ({ actor }: Pick<FindingContext, 'actor'>, { drawnLevel, placeId }: Draw): boolean =>
  actor.level === drawnLevel && (drawnLevel === 'city' || actor.unitId === placeId);

/** Why nobody can take the draw back, or record a result of one that was; null where the draw holds. */
const cancelledRefusal = ({ cancelledBy }: Draw): Problem | null =>
  cancelledBy === null ? null : problem('finding.drawCancelled', { name: cancelledBy });

/** Why this person may not prove the finding: the own hand, or that of whoever is stood in for, had a part in it. */
function involved(steps: readonly SignedStep[], { actor }: Pick<FindingContext, 'actor'>): Problem | null {
  const own = { personId: actor.userId, principalId: actor.principal?.id ?? null };
  for (const { action, personId, personName, principalId, principalName } of steps) {
    if (!provedActions.includes(action) || personId === null) continue;
    if (areApart({ personId, principalId }, own)) continue;
    return problem('finding.proverInvolved', { name: signature(personName, principalName) });
  }
  return null;
}

async function loadDraw(ctx: FindingContext, id: string, find: typeof findDraw = findDraw): Promise<Draw> {
  const draw = await find(ctx.db, ctx.scope, id);
  if (!draw) throw problem('thing.notFound', { what: '次复查抽取' });
  return draw;
}

export const reproofRoutes = [
  on(rectifications.reproofDraws, async (ctx, { query }) => ({
    rows: (await listDraws(ctx.db, ctx.scope, { unitId: query.unitId, most: newestEntries })).map(drawShape),
    canDraw: holds(ctx.actor, 'rectification.prove'),
  })),

  on(rectifications.readReproofDraw, async (ctx, { params }) => {
    const draw = await loadDraw(ctx, params.drawId);
    const rows = await listReproofs(ctx.db, draw);
    const subjects = rows.map(({ findingId, schoolId }) => ({
      ...{ type: 'finding', id: findingId, placeId: draw.placeId, schoolId },
    }));
    const signed = await findSignedSteps(ctx.db, subjects);
    const drawn = rows.map(({ findingId }) => findingId);
    // What failed is open again and no longer closed: it was in the frame all the same.
    const failed = rows.filter(({ result }) => result === 'failed').map(({ findingId }) => findingId);
    const frame = canonicalFrame([...(await listFrame(ctx.db, draw)), ...failed]);
    const repeats =
      digestOf(frame) === draw.frameHash &&
      drawSample(frame, draw, digestOfBytes).every((findingId, at) => findingId === drawn[at]);
    return {
      ...drawShape(draw),
      repeats,
      mayCancel:
        holds(ctx.actor, 'rectification.prove') && drewIt(ctx, draw) && draw.cancelledAt === null && draw.proved === 0,
      rows: rows.map(({ schoolId: _, provedAt, ...row }) => ({
        ...row,
        provedAt: provedAt?.toISOString() ?? null,
        obstacle: (cancelledRefusal(draw) ?? involved(signed.get(row.findingId) ?? [], ctx))?.message ?? null,
      })),
    };
  }),

  on(rectifications.drawReproof, async (ctx, { body: { unitId, closedFrom, closedTo } }) => {
    const known = ctx.scope.places.includes(unitId) && (await findUnitKind(ctx.db, unitId)) !== undefined;
    if (!known) throw problem('thing.notFound', { what: '个单位' });
    ctx.authorize(ctx.actor.level === 'city' || ctx.actor.unitId === unitId);
    const { level: drawnLevel } = openerOf(ctx);
    const days = { placeId: unitId, closedFrom, closedTo, drawnLevel };
    assertRoomFor('draws', await countDraws(ctx.db, days, addDays(ctx.today, -366)));
    const frame = canonicalFrame(closedFrom > closedTo ? [] : await listFrame(ctx.db, days));
    if (frame.length === 0) throw problem('finding.nothingClosed', { from: closedFrom, to: closedTo });
    const frameHash = digestOf(frame);
    // A wrong period is mended by drawing anew, and nobody draws until the sample pleases: see `findSeed`.
    await lockDraws(ctx.db, unitId);
    const seed = (await findSeed(ctx.db, { ...days, frameHash })) ?? randomBytes(16).toString('hex');
    const given = { algorithm: drawVersion, seed, frameHash, size: drawSize(frame.length, oneOf) };
    const drawn = drawSample(frame, given, digestOfBytes);
    const draw = {
      ...{ ...days, ...given, id: newId(), frameSize: frame.length },
      ...{ drawnBy: signatureOf(ctx.actor), drawnAt: ctx.now },
    };
    const written = await insertDraw(ctx.db, { ...draw, drawnById: ctx.actor.userId, drawn });
    if (!written) throw problem('finding.drawnBefore', { from: closedFrom, to: closedTo });
    const { size, frameSize } = draw;
    await ctx.record({
      ...{ action: 'finding.drawn', objectType: 'finding-draw', objectId: draw.id, placeId: unitId },
      after: {
        ...{ closedFrom, closedTo, algorithm: given.algorithm, frameHash, seedHash: digestOfBytes(seed) },
        ...{ drawn: size, frameSize },
      },
    });
    return drawShape(await loadDraw(ctx, draw.id));
  }),

  on(rectifications.cancelReproof, async (ctx, { params, body: { reason } }) => {
    const draw = await loadDraw(ctx, params.drawId, lockDraw);
    ctx.authorize(drewIt(ctx, draw));
    const proved = draw.proved > 0 ? problem('finding.drawProved', { proved: draw.proved }) : null;
    const refusal = cancelledRefusal(draw) ?? proved;
    if (refusal !== null) throw refusal;
    const { actor, now } = ctx;
    const made = { by: actor.userId, byName: signatureOf(actor), at: now, reason };
    if (!(await writeCancelledDraw(ctx.db, draw, made))) throw problem('thing.changed', { what: '这次抽取' });
    await ctx.record({
      ...{ action: 'finding.drawCancelled', objectType: 'finding-draw', objectId: draw.id, placeId: draw.placeId },
      after: { closedFrom: draw.closedFrom, closedTo: draw.closedTo, drawn: draw.size, reason },
    });
    // Whoever was to prove it, the colleagues of the level that drew; and the city, which may prove a draw of a county too.
    const told = new Set([openerOf(ctx).unitId, await findCity(ctx.db)]);
    await writeNoticesTo(ctx.db, {
      ...{ kind: drawCancelledKind, actor, now, note: reason },
      notices: [...told].flatMap((placeId) =>
        placeId === undefined
          ? []
          : {
              subject: { type: 'finding-draw', id: draw.id, placeId: draw.placeId, schoolId: null },
              to: { audience: 'place' as const, placeId },
              about: `${draw.unitName} ${draw.closedFrom} 至 ${draw.closedTo} 销号的问题`,
            },
      ),
    });
    return drawShape(await loadDraw(ctx, draw.id));
  }),

  on(rectifications.recordReproof, async (ctx, { params, body }) => {
    const draw = await loadDraw(ctx, params.drawId, lockDraw);
    const cancelled = cancelledRefusal(draw);
    if (cancelled !== null) throw cancelled;
    const [finding] = await lockFindings(ctx.db, { ...ctx.scope, places: [draw.placeId] }, [params.findingId], []);
    const row = (await listReproofs(ctx.db, draw)).find(({ findingId }) => findingId === params.findingId);
    if (!finding || !row) throw problem('thing.notFound', { what: findingWord });
    const own = draw.drawnLevel === 'county' && ctx.actor.unitId === draw.placeId;
    const mayProve = ctx.actor.level === 'city' || own;
    ctx.authorize(mayProve);
    // Asked again here: whoever proves may have had a part in it since the draw.
    const refusal = involved((await findSignedSteps(ctx.db, [finding])).get(finding.id) ?? [], ctx);
    ctx.authorize(refusal === null, refusal ?? undefined);
    const { result, note } = body;
    const written = await writeReproof(
      ctx.db,
      { placeId: draw.placeId, drawId: draw.id, findingId: finding.id },
      {
        ...{ result, note, by: ctx.actor.userId, byName: signatureOf(ctx.actor), at: ctx.now },
        standInFor: ctx.actor.principal?.id ?? null,
      },
    );
    if (!written) throw problem('finding.provedBefore');
    await ctx.record(recordOf(finding, 'proved', { after: { result, ...(note === '' ? {} : { reason: note }) } }));
    if (result === 'failed') await step(ctx, finding.id, finding.revision, { action: 'reopen', reason: note });
    else {
      await writeSteps(ctx.db, [{ subject: finding, from: finding.state, to: finding.state }], {
        ...{ action: 'held', actor: ctx.actor, at: ctx.now, reason: note || undefined },
      });
    }
    return { result };
  }),
];
