import { mostLeaves } from '#contract/evaluations/evaluations.shape.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { serving } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { evidenceStanding } from '#domain/evaluation/missing-evidence.ts';
import { editionOf } from '../edition.act.ts';
import { loadEvaluation } from '../evaluation.act.ts';
import type { EvaluationHandle } from '../evaluation.store.ts';
import { type Leaf, listLeaves } from '../leaf/leaf.store.ts';
import { statesOf, typedCodes } from '../unit-leaves.shape.ts';
import {
  addEvidence,
  editEvidence,
  keepsLibrary,
  linkEvidence,
  loadEvidence,
  removeEvidence,
  shownEvidence,
  shownLinked,
} from './evidence.act.ts';
import { findCatalogue, listEvidence, listVersions } from './evidence.store.ts';
import { catalogueReply } from './evidence.workbook.ts';
import { countProved, findResemblances, listLinks } from './link.store.ts';

const on = serving<EvaluationHandle>();

/** As many rows as a file of the catalogue has at most. */
const mostExported = 20_000;

/** Who of the subject answers a leaf: a person, or a section. */
const whoseOf = (leaf: Leaf | undefined) => leaf?.responsible?.name ?? leaf?.section?.name;

export const evidenceRoutes = [
  on(evaluations.listEvidence, async (ctx, { query }) => {
    const { rows, total } = await listEvidence(ctx.db, ctx.scope, query, ctx.today);
    const add = holds(ctx.actor, 'evaluation.answer') && (ctx.actor.level === 'school' || ctx.actor.level === 'county');
    return { rows: rows.map((row) => ({ ...shownEvidence(row), proves: row.proves })), total, can: { add } };
  }),

  on(evaluations.evidenceWorkbook, async (ctx, { query }) => {
    const rows = await findCatalogue(ctx.db, ctx.scope, query, ctx.today, mostExported);
    return catalogueReply(rows, ctx.today, ctx.actor.userId);
  }),

  on(evaluations.readEvidence, async (ctx, { params }) => {
    const piece = await loadEvidence(ctx, params.evidenceId);
    const links = await listLinks(ctx.db, piece, mostLeaves);
    const titled = [];
    for (const link of links) {
      const { prepared } = await editionOf(ctx.db, link);
      const { evaluationId, evaluationTitle, code, pageNote, page } = link;
      const title = prepared.byCode.get(code)?.title ?? null;
      titled.push({ evaluationId, evaluationTitle, code, title, pageNote: pageNote || null, page });
    }
    const own = piece.state === 'kept' && (await keepsLibrary(ctx, piece));
    return {
      ...shownLinked({
        ...piece,
        pageNote: '',
        page: null,
        region: null,
        resemblances: await findResemblances(ctx.db, piece),
      }),
      links: titled,
      versions: (await listVersions(ctx.db, piece)).map(shownEvidence),
      can: {
        ...{ edit: own && !piece.locked, attach: own && !piece.locked, replace: own },
        remove: own && !piece.locked && piece.leaves === 0,
      },
    };
  }),

  on(evaluations.addEvidence, async (ctx, { body }) => addEvidence(ctx, body)),
  on(evaluations.editEvidence, async (ctx, { params, body }) => editEvidence(ctx, params.evidenceId, body)),
  on(evaluations.removeEvidence, async (ctx, { params, body }) =>
    removeEvidence(ctx, params.evidenceId, body.revision),
  ),
  on(evaluations.linkEvidence, async (ctx, { params, body }) =>
    linkEvidence(ctx, params.evaluationId, params.code, body),
  ),

  on(evaluations.missingEvidence, async (ctx, { params }) => {
    const evaluation = await loadEvaluation(ctx, params.evaluationId);
    const { prepared } = await editionOf(ctx.db, evaluation);
    const leaves = await listLeaves(ctx.db, evaluation);
    const linked = await countProved(ctx.db, evaluation, ctx.today);
    const objected = new Set(leaves.flatMap(({ code, objection }) => (objection === null ? [] : [code])));
    const { missing, closedByData } = evidenceStanding(
      prepared,
      statesOf(prepared, leaves),
      linked,
      objected,
      typedCodes(leaves),
    );
    // Whoever reads some branches sees what is missing there.
    const seen = new Map(leaves.map((leaf) => [leaf.code, leaf]));
    const rows = missing.filter(({ code }) => seen.has(code));
    return {
      rows: rows.map((one) => ({ ...one, responsible: whoseOf(seen.get(one.code)) ?? one.responsible })),
      closedByData,
    };
  }),
];
