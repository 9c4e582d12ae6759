import * as plans from '#contract/work-plans/plans.ts';
import type { Feature } from '#core/access/feature.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import { advance } from '#core/workflow/advance.act.ts';
import { holds, placesMeant } from '#domain/access/actor.ts';
import { permitted } from '#domain/flow/flow.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { workPlanFlow } from '#domain/work-plan/flow.ts';
import { keptIds } from '#domain/work-plan/kept-ids.ts';
import { type WorkPlanKind, workPlanKindTitles } from '#domain/work-plan/plan.ts';
import { recognisePlan } from '#domain/work-plan/recognise.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { newId } from '#platform/ids/new-id.ts';
import { itemOfPart, takeParts } from './amendment.act.ts';
import { contentOf, presentItems, saysAlready } from './item.act.ts';
import { listFoundItems, listItems, type StoredItem, writeItems } from './item.store.ts';
import { listParts, listPartsOf, type PartRow } from './part.store.ts';
import { loadPlan, lockForAct, planWorkflow, presentDetail, presentPlan, recordOfPlan } from './plan.act.ts';
import { listKnownUnits, listSections } from './register.store.ts';
import {
  countPlans,
  insertPlan,
  listPlans,
  listPlanYears,
  type PlanRow,
  updatePlan,
  type WorkPlanHandle,
} from './work-plan.store.ts';
import { planFile } from './work-plan.workbook.ts';

const on = serving<WorkPlanHandle>();
type Ctx = Context<WorkPlanHandle>;

/** Work plans: reading, drawing up, issuing. `features` count what fulfils their items. */
export function planRoutes(features: () => readonly Feature[]): readonly Served[] {
  return [
    on(plans.list, async (ctx, { query }) => {
      const year = query.year ?? Number(ctx.today.slice(0, 4));
      const places = placesMeant(ctx.scope, ctx.actor, query.unitId);
      const rows = await listPlans(ctx.db, { ...ctx.scope, places }, year);
      const mine = ctx.actor.unitId ?? 0;
      const county = places.length === 1 ? places[0]! : mine;
      const mayCreate = holds(ctx.actor, 'work-plan.write') ? kindsOf(ctx) : [];
      return {
        year,
        years: [...new Set([year, ...(await listPlanYears(ctx.db, ctx.scope))])].sort((one, other) => other - one),
        rows: rows.map(presentPlan),
        parts: (await listParts(ctx.db, county, year)).map(presentPart),
        mayCreate,
        mayTake: rows.map((plan) => takes(ctx, plan)).find((found) => found !== null) ?? null,
        sections: mayCreate.length === 0 ? [] : await listSections(ctx.db, mine),
      };
    }),

    on(plans.read, async (ctx, { params }) => presentDetail(ctx, features(), await loadPlan(ctx, params.planId))),

    on(plans.create, async (ctx, { body }) => {
      const { kind, year } = body;
      const kindTitle = workPlanKindTitles[kind];
      const allowed = kindsOf(ctx).includes(kind);
      const whose = kind === 'city' ? '市级督导机构' : kind === 'county' ? '县级督导机构' : '所属单位';
      ctx.authorize(allowed, problem('workPlan.wrongKind', { kind: kindTitle, whose }));
      const placeId = ctx.actor.unitId!;
      const unitId = kind === 'section' ? body.unitId : placeId;
      const isSection = kind !== 'section' || (await listSections(ctx.db, placeId)).some(({ id }) => id === unitId);
      if (unitId === null || !isSection) throw problem('thing.notFound', { what: '个科室' });
      await lockCount(ctx.db, 'plans', placeId);
      assertRoomFor('plans', await countPlans(ctx.db, placeId, year));
      const read = recognisePlan(body.text, year, await listKnownUnits(ctx.db, ctx.scope, placeId, year));
      const parts = body.fromParts ? (await listParts(ctx.db, placeId, year)).filter(isStanding) : [];
      if (body.fromParts && parts.length === 0) throw problem('workPlan.noParts', { year });
      const plan = {
        ...{ placeId, id: newId(), kind, year, unitId },
        title: body.title || read.title?.slice(0, 120) || `${year} 年${kindTitle}`,
        documentNumber: body.documentNumber ?? read.documentNumber?.slice(0, 60) ?? null,
        sourceText: body.text,
      };
      if (!(await insertPlan(ctx.db, plan))) throw problem('workPlan.exists', { year, kind: kindTitle });
      const items = [...parts.map(itemOfPart), ...read.items.map((item) => ({ ...item, id: newId(), ties: [] }))];
      await writeItems(ctx.db, plan, items);
      const after = { kind, year, items: items.length, fromParts: body.fromParts };
      await ctx.record(recordOfPlan(plan, 'drafted', { after }));
      return { id: plan.id, revision: 1, items: items.length };
    }),

    on(plans.takeParts, async (ctx, { params, body }) => {
      const { kind, state } = await loadPlan(ctx, params.planId);
      const plan = await lockForAct(ctx, params.planId, state === 'issued' ? 'amend' : 'write', body.revision);
      if (kind !== 'county') throw problem('thing.notFound', { what: '份县级工作计划' });
      const open = (await listParts(ctx.db, plan.placeId, plan.year)).filter(isOpen);
      const parts = open.filter(({ id }) => body.parts.includes(id));
      if (parts.length < new Set(body.parts).size) throw problem('workPlan.partTaken');
      return { items: await takeParts(ctx, plan, parts) };
    }),

    on(plans.save, async (ctx, { params, body }) => {
      const plan = await lockForAct(ctx, params.planId, 'write', body.revision);
      const present = new Map((await listItems(ctx.db, ctx.scope, [plan.id])).map((item) => [item.id, item]));
      const contents = await contentOf(ctx, features(), body.items);
      const isSame =
        plan.title === body.title &&
        plan.documentNumber === body.documentNumber &&
        present.size === contents.length &&
        [...present.values()].every((item, at) => item.id === body.items[at]?.id && saysAlready(item, contents[at]!));
      if (isSame) throw problem('thing.nothingChanges', { what: '草稿' });
      const used = new Set<string>();
      const items = contents.map((content, at): StoredItem => {
        const asked = body.items[at]?.id;
        // An id that is not of this plan, or comes twice, names nothing here.
        const kept = asked && present.has(asked) && !used.has(asked) ? asked : undefined;
        if (kept) used.add(kept);
        const { part, meeting } = (kept ? present.get(kept) : undefined) ?? {};
        return { ...content, id: kept ?? newId(), partId: part?.id ?? null, meetingId: meeting?.id ?? null };
      });
      await writeItems(ctx.db, plan, items);
      const { title, documentNumber } = body;
      return afterSaving(ctx, plan, { title, documentNumber }, { items: items.length });
    }),

    on(plans.paste, async (ctx, { params, body }) => {
      const plan = await lockForAct(ctx, params.planId, 'write', body.revision);
      const known = await listKnownUnits(ctx.db, ctx.scope, plan.placeId, plan.year);
      const read = recognisePlan(body.text, plan.year, known);
      const present = await listItems(ctx.db, ctx.scope, [plan.id]);
      const kept = keptIds(read.items, present);
      const items = read.items.map((item, at): StoredItem => {
        const before = present.find(({ id }) => id === kept[at]);
        const beside = { partId: before?.part?.id ?? null, meetingId: before?.meeting?.id ?? null };
        return { ...item, id: before?.id ?? newId(), ties: before?.ties ?? [], ...beside };
      });
      // What came from the city and from meetings stands in no text.
      const others = present.filter(({ id, part, meeting }) => (part || meeting) && !kept.includes(id));
      const beside = others.map((item) => ({
        ...item,
        partId: item.part?.id ?? null,
        meetingId: item.meeting?.id ?? null,
      }));
      await writeItems(ctx.db, plan, [...items, ...beside]);
      return afterSaving(ctx, plan, { sourceText: body.text }, { items: items.length, pasted: true });
    }),

    on(plans.issue, (ctx, { params, body }) => step(ctx, params.planId, body.revision, { action: 'issue' })),
    on(plans.close, (ctx, { params, body }) => step(ctx, params.planId, body.revision, { action: 'close' })),
    on(plans.cancel, (ctx, { params, body: { revision, reason } }) =>
      step(ctx, params.planId, revision, { action: 'cancel', reason }),
    ),

    on(plans.counties, async (ctx, { params }) => {
      const plan = await loadPlan(ctx, params.planId);
      const parts = (await listPartsOf(ctx.db, ctx.scope, plan)).filter(isStanding);
      const counties = (await listKnownUnits(ctx.db, ctx.scope, plan.placeId, plan.year)).filter(
        ({ kind, id }) => kind === 'county' && id !== plan.placeId,
      );
      const ofYear = await listPlans(ctx.db, ctx.scope, plan.year);
      const own = ofYear.filter(({ kind, state }) => kind === 'county' && state !== 'cancelled');
      const items = await listItems(
        ctx.db,
        ctx.scope,
        own.map(({ id }) => id),
      );
      const shown = await presentItems(ctx, features(), own, items, counties);
      return {
        rows: counties.map(({ id: unitId, name }) => {
          const derived = own.find(({ placeId }) => placeId === unitId);
          const standing = shown.filter(({ planId, state }) => planId === derived?.id && state !== 'withdrawn');
          const issued = parts.filter(({ placeId }) => placeId === unitId);
          return {
            ...{ unitId, name, parts: issued.length, plan: derived ? presentPlan(derived) : null },
            taken: issued.filter((part) => part.items > 0).length,
            done: standing.filter((item) => item.standing === 'done').length,
            total: standing.length,
          };
        }),
      };
    }),

    on(plans.workbook, async (ctx, { params }) => {
      const plan = await loadPlan(ctx, params.planId);
      const { items, known } = await presentDetail(ctx, features(), plan);
      return planFile(plan, items, known, ctx.actor.userId);
    }),

    on(plans.find, async (ctx, { query }) => ({ rows: await listFoundItems(ctx.db, ctx.scope, query.search) })),
  ];

  async function afterSaving(
    ctx: Ctx,
    plan: PlanRow,
    change: Parameters<typeof updatePlan>[2],
    after: Record<string, unknown>,
  ) {
    await updatePlan(ctx.db, plan, change);
    const { sourceText: _, ...said } = change;
    await ctx.record(recordOfPlan(plan, 'saved', { before: { title: plan.title }, after: { ...said, ...after } }));
    return presentDetail(ctx, features(), await loadPlan(ctx, plan.id));
  }
}

async function step(
  ctx: Ctx,
  id: string,
  revision: number,
  request: Parameters<typeof advance<PlanRow, PlanRow['state'], 'issue' | 'close' | 'cancel', Ctx>>[4],
) {
  return presentPlan(await advance(ctx, planWorkflow, id, revision, request));
}

/** The kinds of plan that belong to the level of the post. */
function kindsOf({ actor }: Ctx): WorkPlanKind[] {
  if (actor.level === 'city') return ['city', 'section', 'quality-balance'];
  return actor.level === 'county' ? ['county', 'section', 'quality-balance'] : [];
}

const isOpen = ({ state, items }: PartRow) => state === 'standing' && items === 0;

/** The plan, where it is the county's own and this person may put into it what the city issued later. */
function takes(ctx: Ctx, plan: PlanRow) {
  const can = permitted(workPlanFlow, plan, ctx.actor);
  return plan.kind === 'county' && (can.write || can.amend) ? { planId: plan.id, revision: plan.revision } : null;
}

const isStanding = ({ state }: PartRow) => state === 'standing';

function presentPart({ itemId: _i, position: _p, planPlaceId: _o, planId: _l, ...part }: PartRow) {
  return part;
}
