import { newestEntries } from '#contract/kit/kit.shape.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { serving } from '#core/access/serve.ts';
import { findSignedSteps, listSteps } from '#core/workflow/step.store.ts';
import { placesMeant } from '#domain/access/actor.ts';
import { signingRefusal } from '#domain/access/signing.ts';
import { board, boardMonths } from '#domain/rectification/board.ts';
import {
  findingSigning,
  findingStepTitle,
  nextFindingState,
  permittedFindingActs,
} from '#domain/rectification/flow.ts';
import { halfLife } from '#domain/rectification/half-life.ts';
import { listDuties } from './duty.store.ts';
import { judgingActions, loadFinding } from './finding.act.ts';
import {
  findNames,
  listAcknowledgements,
  listEscalations,
  listExtensions,
  listLetters,
  listMeasures,
  listPasses,
  listProofs,
  listRecurrences,
  listRelated,
} from './finding.detail.store.ts';
import {
  type BoardKey,
  findLedger,
  findListed,
  type ListedFinding,
  listBoardGroups,
  listDurations,
  listFindings,
} from './finding.list.store.ts';
import { subjectOf, summaryShape } from './finding.shape.ts';
import type { FindingHandle } from './finding.store.ts';
import { ledgerReply } from './finding.workbook.ts';
import { listKinds } from './kind.store.ts';
import { decidingRefusal, isOwnQuestion } from './step/extension.act.ts';

const on = serving<FindingHandle>();

/** As many rows as a file of the ledger has at most. */
const mostExported = 20_000;
const mostDuties = 20;

export const findingReadRoutes = [
  on(rectifications.list, async (ctx, { query }) => {
    const { rows, total } = await listFindings(ctx.db, ctx.scope, {
      filter: query,
      actor: ctx.actor,
      today: ctx.today,
    });
    const can = (row: ListedFinding) => ({
      notice: nextFindingState('notice', subjectOf({ ...row, facts: {} }), ctx.actor).ok,
    });
    return { rows: rows.map((row) => ({ ...summaryShape(row), can: can(row) })), total };
  }),

  on(rectifications.workbook, async (ctx, { query }) => {
    const asked = { filter: query, actor: ctx.actor, today: ctx.today };
    return ledgerReply(await findLedger(ctx.db, ctx.scope, asked, mostExported), ctx.today, ctx.actor.userId);
  }),

  on(rectifications.board, async (ctx, { query }) => {
    // The units of a city; of one county, also where a city looks at it, the bodies that have the duties.
    const ofCity = placesMeant(ctx.scope, ctx.actor, query.unitId).length > 1;
    const by: 'unit' | 'duty' = ofCity ? 'unit' : 'duty';
    const asked = { year: query.year, unitId: query.unitId, by, today: ctx.today };
    const groups = await listBoardGroups(ctx.db, ctx.scope, asked);
    const keys = new Map<string, BoardKey>(
      groups.map((group) => [`${group.unitId ?? ''}:${group.schoolId ?? ''}`, group]),
    );
    const counted = board(
      groups.map((group) => ({ ...group, key: `${group.unitId ?? ''}:${group.schoolId ?? ''}` })),
      boardMonths(query.year, ctx.today.slice(0, 7)),
      ctx.today.slice(0, 7),
    );
    const rows = [...counted].map(([key, months]) => {
      const { name, unitId, schoolId, position } = keys.get(key)!;
      return { position, row: { key, name, unitId, schoolId, months } };
    });
    rows.sort((one, other) => one.position - other.position || (one.row.name < other.row.name ? -1 : 1));
    return { by, rows: rows.map(({ row }) => row) };
  }),

  on(rectifications.halfLives, async (ctx, { query }) => {
    const durations = await listDurations(ctx.db, ctx.scope, { unitId: query.unitId, today: ctx.today });
    const kinds = await listKinds(ctx.db);
    return {
      kinds: kinds
        .map(({ key, name }) => {
          const own = durations.filter(({ kind }) => kind === key);
          const imported = own.reduce((sum, one) => sum + one.imported, 0);
          return { kind: key, name, imported, ...halfLife(own) };
        })
        .filter(({ findings }) => findings > 0),
    };
  }),

  on(rectifications.read, async (ctx, { params }) => {
    const finding = await loadFinding(ctx, params.findingId);
    const subject = subjectOf(finding);
    const steps = await listSteps(ctx.db, finding);
    const related = await listRelated(ctx.db, finding, newestEntries);
    const can = permittedFindingActs(subject, ctx.actor);
    const signed = (await findSignedSteps(ctx.db, [finding])).get(finding.id) ?? [];
    let signingObstacle: string | null = null;
    for (const act of judgingActions.filter((one) => can[one])) {
      const refusal = signingRefusal(signed, ctx.actor, act, findingSigning(act)!);
      if (refusal === null) continue;
      can[act] = false;
      signingObstacle = refusal.message;
    }
    const extensions = await listExtensions(ctx.db, finding);
    const question = extensions.find(({ decision }) => decision === null);
    can.withdraw &&= question !== undefined && isOwnQuestion(ctx, question);
    const ownHand = can.decide && question !== undefined ? decidingRefusal(ctx, question) : null;
    if (ownHand !== null) {
      can.decide = false;
      signingObstacle = ownHand.message;
    }
    const acknowledgements = await listAcknowledgements(ctx.db, finding);
    const parent = related.find(({ isParent }) => isParent);
    return {
      ...summaryShape(await findListed(ctx.db, finding, ctx.today)),
      ...(await findNames(ctx.db, finding)),
      actsForEnded: finding.dutyType === 'school' && finding.facts.dutySchoolId === null ? finding.managedBy : null,
      body: finding.body,
      whereFound: finding.whereFound,
      cause: finding.cause,
      report: finding.report,
      sourceLabel: finding.sourceLabel,
      origin: { type: finding.sourceType, id: finding.sourceId },
      enteredByName: finding.enteredByName,
      dueRule: finding.dueFrom === null ? null : { from: finding.dueFrom, workingDays: finding.dueDays ?? 0 },
      measures: await listMeasures(ctx.db, finding),
      extensions: extensions.map((one) => ({
        ...{ until: one.until, reason: one.reason, askedBy: one.askedByName, askedAt: one.askedAt.toISOString() },
        ...{ decision: one.decision, decidedBy: one.decidedByName, note: one.note },
        decidedAt: one.decidedAt?.toISOString() ?? null,
      })),
      escalations: await listEscalations(ctx.db, finding),
      acknowledgements: acknowledgements.map((one) => ({ ...one, at: one.at.toISOString() })),
      steps: steps.slice(-newestEntries).map(({ parts: _, signed: __, actorRole: ___, ...one }) => ({
        ...{ ...one, title: findingStepTitle(one.action), at: one.at.toISOString() },
      })),
      parent: parent ? { id: parent.id, title: parent.title, state: parent.state } : null,
      children: related
        .filter(({ isParent }) => !isParent)
        .map(({ id, title, state, dutyName }) => ({ id, title, state, dutyName })),
      letters: await listLetters(ctx.db, ctx.scope, finding, newestEntries),
      recurrences: await listRecurrences(ctx.db, ctx.scope, finding, newestEntries),
      reproofs: (await listProofs(ctx.db, finding, newestEntries)).map((one) => ({
        ...one,
        drawnAt: one.drawnAt.toISOString(),
      })),
      can,
      signingObstacle,
    };
  }),

  on(rectifications.duties, async (ctx, { query }) => {
    const places = placesMeant(ctx.scope, ctx.actor, query.unitId);
    const found = await listDuties(ctx.db, { ...ctx.scope, places }, { search: query.search, limit: mostDuties });
    return {
      rows: found.slice(0, mostDuties).map(({ type, id, name, placeName }) => ({ type, id, name, placeName })),
      more: found.length > mostDuties,
    };
  }),

  on(rectifications.passes, async (ctx, { query }) => ({
    rows: await listPasses(ctx.db, ctx.scope, { unitId: query.unitId, most: newestEntries }),
  })),
];
