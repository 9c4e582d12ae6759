import * as campaigns from '#contract/campaigns/campaigns.ts';
import { serving } from '#core/access/serve.ts';
import { findWorkingCalendar } from '#core/calendar/working-days.store.ts';
import { foundByOf } from '#core/directory/initials.ts';
import { findFacts } from '#core/facts/facts.store.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { burdenOf } from '#domain/evaluation/campaign/burden.ts';
import { templateOfEarlier, templateOfKind } from '#domain/evaluation/campaign/campaign-template.ts';
import { everyNode } from '#domain/evaluation/campaign/panel.ts';
import { type Slot, slotFaults, slotStepOf } from '#domain/evaluation/campaign/slots.ts';
import { unknowableIn, unknowableText } from '#domain/evaluation/campaign/unknowable.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { mostSubjects } from '#domain/evaluation/lists.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import { newId } from '#platform/ids/new-id.ts';
import {
  type CampaignContext,
  contentOf,
  daysOf,
  editionOf,
  loadCampaign,
  lockFor,
  presentDetail,
  presentSummary,
  recordOf,
} from './campaign.act.ts';
import {
  type Campaign,
  type CampaignHandle,
  countStandings,
  type EditionChoice,
  findEditionChoice,
  insertCampaign,
  listDays,
  listEarlier,
  listEditions,
  listLeadUnits,
  updateCampaign,
  writeDays,
} from './campaign.store.ts';
import { partedByFit, unfitOf } from './fit.shape.ts';
import {
  findCampaigns,
  findMatrix,
  type ListedCampaign,
  listCampaigns,
  listMatrix,
} from './list/campaign.list.store.ts';
import { campaignsReply } from './list/campaign.workbook.ts';
import { heatOf, presentMatrix } from './matrix/matrix.act.ts';
import { matrixReply } from './matrix/matrix.workbook.ts';
import { panelRules } from './panel-rules.shape.ts';
import { listSeats } from './seat.store.ts';
import {
  deleteSubjects,
  findChoices,
  insertSubjects,
  listChoices,
  listSubjects,
  type SubjectChoice,
  writeSlots,
} from './subject.store.ts';

const on = serving<CampaignHandle>();

/** Rows of a file. */
const mostExported = 5000;
/** Subjects whose answered questions are read for the burden: the mean of more is no better. */
const mostMeasured = 5;

export const campaignRoutes = [
  on(campaigns.list, async (ctx, { query }) => {
    const { rows, total } = await listCampaigns(ctx.db, ctx.scope, query);
    return { rows: await presentListed(ctx, rows), total, can: { create: mayCreate(ctx) } };
  }),

  on(campaigns.workbook, async (ctx, { query }) => {
    const rows = await findCampaigns(ctx.db, ctx.scope, query, mostExported);
    return campaignsReply(await presentListed(ctx, rows), ctx.today, ctx.actor.userId);
  }),

  on(campaigns.template, async (ctx, { query }) => {
    const placeId = placeOf(ctx);
    const { kind } = query;
    const year = query.year ?? Number(ctx.today.slice(0, 4));
    const { subject, framework } = kindOf(kind);
    const earlier = query.earlierId === undefined ? undefined : await loadCampaign(ctx, query.earlierId);
    if (earlier !== undefined && earlier.kind !== kind) throw problem('thing.notFound', { what: '个同类项目' });
    const proposed = earlier
      ? templateOfEarlier(
          {
            ...earlier,
            steps: await listDays(ctx.db, earlier),
            subjects: (await listSubjects(ctx.db, earlier)).map(({ unitId, schoolId }) => ({
              countyId: unitId,
              schoolId,
            })),
          },
          year,
          ctx.today,
        )
      : templateOfKind(kind, year, ctx.today, placeId);
    const calendar = await findWorkingCalendar(ctx.db);
    const editions = await offeredEditions(ctx, subject);
    const wanted = editions.find(({ key }) => key === (earlier?.edition.key ?? framework)) ?? editions[0];
    const prepared = wanted && (await editionOf(ctx, { edition: wanted }));
    const draft = { placeId, id: newId(), kind };
    const fitting = async () => {
      const all = await findChoices(ctx.db, ctx.scope, draft, {}, null, mostSubjects);
      return prepared === undefined ? all : partedByFit(prepared, all).fit;
    };
    const subjects = proposed.subjects?.length ?? (await fitting()).length;
    // A new round takes as long as one panel needs; one that follows another keeps what the office had arranged.
    const meant = earlier ? proposed : templateOfKind(kind, year, ctx.today, placeId, { calendar, subjects });
    const { title, assessmentYear, decisionYear, leadUnitId, partnerUnitId, rules, steps } = meant;
    return {
      form: { title, assessmentYear, decisionYear, leadUnitId, partnerUnitId, rules, steps: [...steps] },
      editions: editions.map(({ key, revision, hash, title: name, authority, completedBy, openCodes }) => ({
        ...{ key, revision, hash, title: name, authority, completedBy, open: openCodes.length },
      })),
      edition: wanted === undefined ? null : { key: wanted.key, revision: wanted.revision },
      earlier: await listEarlier(ctx.db, ctx.scope, kind),
      units: await listLeadUnits(ctx.db, placeId),
      subjects,
    };
  }),

  on(campaigns.create, async (ctx, { body }) => {
    const placeId = placeOf(ctx);
    const { kind, editionKey, editionRevision, earlierId, ...form } = body;
    const earlier = earlierId === null ? undefined : await loadCampaign(ctx, earlierId);
    if (earlier !== undefined && earlier.kind !== kind) throw problem('thing.notFound', { what: '个同类项目' });
    const edition = await getUsableEdition(ctx, kind, { key: editionKey, revision: editionRevision });
    await checkUnits(ctx, placeId, form);
    const days = daysOf(kind, form.steps);
    const id = newId();
    const { now } = ctx;
    await insertCampaign(ctx.db, {
      ...{ ...(await contentOf(form)), placeId, id, kind, edition, earlierId, at: now },
      ...{ organisedBy: ctx.actor.userId, organiserName: signatureOf(ctx.actor) },
    });
    await writeDays(ctx.db, { placeId, id }, days);
    const campaign = await loadCampaign(ctx, id);
    const only = earlier
      ? (await listSubjects(ctx.db, earlier)).map(({ unitId, schoolId }) => ({ countyId: unitId, schoolId }))
      : null;
    const choices = await findChoices(ctx.db, ctx.scope, campaign, {}, only, mostSubjects);
    const prepared = await editionOf(ctx, campaign);
    const subjects = await addSubjects(ctx, campaign, partedByFit(prepared, choices).fit);
    await writeSteps(ctx.db, [{ subject: campaign, from: 'draft', to: 'draft' }], {
      ...{ action: 'created', actor: ctx.actor, at: now },
    });
    const after = {
      evaluationKind: kindOf(kind).short,
      frameworkEdition: `${edition.key} ${edition.revision}`,
      campaignSubjects: subjects,
    };
    await ctx.record(recordOf(campaign, 'created', { after }));
    return { id, state: campaign.state, revision: campaign.revision };
  }),

  on(campaigns.read, async (ctx, { params }) => presentDetail(ctx, await loadCampaign(ctx, params.campaignId))),

  on(campaigns.edit, async (ctx, { params, body: { revision, edition: meant = null, slots, ...form } }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'edit', revision);
    await checkUnits(ctx, campaign.placeId, form);
    const days = daysOf(campaign.kind, form.steps);
    const { key, revision: of } = campaign.edition;
    const next = meant === null || (meant.key === key && meant.revision === of) ? null : meant;
    const edition = next === null ? undefined : await editionInstead(ctx, campaign, next);
    const changed = changedFields(campaign, await listDays(ctx.db, campaign), { ...form, steps: days });
    const given = slots === undefined ? new Map<string, Slot>() : await givenSlots(ctx, campaign, days, slots);
    if (given.size > 0 && !changed.includes('timetable')) changed.push('timetable');
    const fields = edition === undefined ? changed : ['frameworkEdition', ...changed];
    if (fields.length === 0) throw problem('thing.nothingChanges', { what: '项目' });
    const content = { ...(await contentOf(form)), ...(edition === undefined ? {} : { edition }) };
    const written = await updateCampaign(ctx.db, campaign, content, ctx.now);
    if (fields.includes('timetable')) await writeDays(ctx.db, campaign, days);
    if (given.size > 0) await writeSlots(ctx.db, campaign, given);
    await ctx.record(recordOf({ ...campaign, title: form.title }, 'edited', { fields }));
    return { id: campaign.id, state: campaign.state, revision: written };
  }),

  on(campaigns.subjects, async (ctx, { params, query }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const { rows, total } = await listChoices(ctx.db, ctx.scope, campaign, query);
    const prepared = await editionOf(ctx, campaign);
    const all =
      prepared.applies === null ? [] : await findChoices(ctx.db, ctx.scope, campaign, query, null, mostSubjects);
    return {
      rows: rows.map(({ countyId, schoolId, name, unitName, type, chosen, ...row }) => ({
        ...{ countyId, schoolId, name, unitName, chosen },
        type: type && (schoolTypes.get(type)?.name ?? type),
        unfit: unfitOf(prepared, { type, ...row }),
      })),
      total,
      chosen: campaign.subjects,
      unfit: partedByFit(prepared, all).unfit.length,
    };
  }),

  on(campaigns.chooseSubjects, async (ctx, { params, body }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'subjects', body.revision);
    const { add, countyId, schoolType, search, only } = body;
    const filter = { countyId, schoolType, search, chosen: !add };
    const found = await findChoices(ctx.db, ctx.scope, campaign, filter, only, mostSubjects);
    const prepared = await editionOf(ctx, campaign);
    const { fit: choices, unfit } = add ? partedByFit(prepared, found) : { fit: found, unfit: [] };
    if (unfit.length > 0 && unfit.length === found.length) {
      throw problem('campaign.subjectsUnfit', {
        names: unfit.map(({ name }) => name),
        why: unfitOf(prepared, unfit[0]!)!,
      });
    }
    const changed = add
      ? await addSubjects(ctx, campaign, choices.slice(0, mostSubjects - campaign.subjects))
      : await deleteSubjects(
          ctx.db,
          campaign,
          choices.flatMap(({ subjectId }) => subjectId ?? []),
        );
    if (changed === 0) throw problem('thing.nothingChanges', { what: '评估对象' });
    const revision = await updateCampaign(ctx.db, campaign, {}, ctx.now);
    await ctx.record(
      recordOf(campaign, 'subjectsChosen', { after: { [add ? 'subjectsAdded' : 'subjectsRemoved']: changed } }),
    );
    return { id: campaign.id, state: campaign.state, revision };
  }),

  on(campaigns.matrix, async (ctx, { params, query }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const question = { campaignId: campaign.id, filter: query, today: ctx.today };
    const { rows, total } = await listMatrix(ctx.db, ctx.scope, question);
    return { rows: await presentMatrix(ctx, campaign, rows), total };
  }),

  on(campaigns.matrixWorkbook, async (ctx, { params, query }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const question = { campaignId: campaign.id, filter: query, today: ctx.today };
    const rows = await findMatrix(ctx.db, ctx.scope, question, mostExported);
    return matrixReply(campaign, await presentMatrix(ctx, campaign, rows), ctx.today, ctx.actor.userId);
  }),

  on(campaigns.heat, async (ctx, { params, query }) =>
    heatOf(ctx, await loadCampaign(ctx, params.campaignId), query.layer),
  ),

  on(campaigns.burdenOf, async (ctx, { params }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const prepared = await editionOf(ctx, campaign);
    const subjects = await listSubjects(ctx.db, campaign);
    const measured = [];
    for (const { unitId, schoolId } of subjects.slice(0, mostMeasured)) {
      const subject = { type: schoolId === null ? 'unit' : 'school', id: schoolId ?? unitId, members: null } as const;
      measured.push(await findFacts(ctx.db, prepared, subject, campaign.assessmentYear));
    }
    const { byPeople: _, ...burden } = burdenOf(
      prepared,
      panelRules,
      campaign.rules.reviewersPerLeaf,
      subjects.length,
      measured,
    );
    return burden;
  }),
];

async function presentListed(ctx: CampaignContext, rows: readonly ListedCampaign[]) {
  const ids = rows.map(({ id }) => id);
  const standing = await countStandings(ctx.db, ctx.scope, ids, ctx.today);
  return rows.map((row) => presentSummary(row, { from: row.from, to: row.to }, standing(row.id)));
}

const mayCreate = ({ actor }: CampaignContext) =>
  holds(actor, 'campaign.manage') && actor.level === 'city' && actor.unitId !== null;

/** The city at which a new campaign lies. */
function placeOf(ctx: CampaignContext): number {
  if (!mayCreate(ctx)) throw problem('access.denied');
  return ctx.actor.unitId!;
}

/** The editions in force by which a campaign can take its subjects to a conclusion. */
async function offeredEditions(ctx: CampaignContext, subject: 'county' | 'school'): Promise<EditionChoice[]> {
  const offered: EditionChoice[] = [];
  for (const edition of await listEditions(ctx.db, subject)) {
    if (!edition.withdrawn && unknowableIn(await editionOf(ctx, { edition })).length === 0) offered.push(edition);
  }
  return offered;
}

/** The edition as a campaign of the kind may take it. @throws `thing.notFound`, `campaign.editionUnfit` */
async function getUsableEdition(
  ctx: CampaignContext,
  kind: Campaign['kind'],
  { key, revision }: Pick<Campaign['edition'], 'key' | 'revision'>,
): Promise<EditionChoice> {
  const edition = await findEditionChoice(ctx.db, key, revision);
  if (!edition) throw problem('thing.notFound', { what: '个指标体系版本' });
  const { title } = edition;
  if (edition.withdrawn) throw problem('campaign.editionUnfit', { title, why: '这个版本已停用，请选用中的版本' });
  if (edition.subject !== kindOf(kind).subject) {
    const why = kindOf(kind).subject === 'county' ? '它不是评估县（市、区）的' : '它不是评估学校的';
    throw problem('campaign.editionUnfit', { title, why });
  }
  const unknowable = unknowableIn(await editionOf(ctx, { edition }));
  if (unknowable.length > 0) {
    throw problem('campaign.editionUnfit', { title, why: `它${unknowableText(unknowable)}，请选用其他指标体系` });
  }
  return edition;
}

/** The edition that a draft takes instead of its own: whoever sits at branches of the old one has to have them in the new one. */
async function editionInstead(
  ctx: CampaignContext,
  campaign: Campaign,
  meant: Pick<Campaign['edition'], 'key' | 'revision'>,
): Promise<EditionChoice> {
  const edition = await getUsableEdition(ctx, campaign.kind, meant);
  const { byCode } = await editionOf(ctx, { edition });
  const seated = (await listSeats(ctx.db, campaign)).filter(({ endedOn }) => endedOn === null);
  const away = new Set(seated.flatMap(({ nodes }) => nodes.filter((code) => code !== everyNode && !byCode.has(code))));
  if (away.size > 0) {
    const why = `督导组分工中的 ${[...away].slice(0, 5).join('、')} 不在其中，请先在“督导组”调整分工`;
    throw problem('campaign.editionUnfit', { title: edition.title, why });
  }
  return edition;
}

/**
 * The slots of a draft that differ from those that its subjects have. @throws `thing.notFound` for a subject of another campaign,
 * `campaign.timetable` for days outside the step
 */
async function givenSlots(
  ctx: CampaignContext,
  campaign: Campaign,
  days: Form['steps'],
  slots: readonly (Slot & { readonly subjectId: string })[],
): Promise<Map<string, Slot>> {
  const slotted = slotStepOf(campaign.kind);
  const step = days.find((one) => one.step === slotted?.step);
  const subjects = new Map((await listSubjects(ctx.db, campaign)).map((one) => [one.id, one]));
  const named = slots.map(({ subjectId, ...slot }) => ({ ...slot, subject: subjects.get(subjectId) }));
  if (slotted === undefined || step === undefined || named.some(({ subject }) => subject === undefined)) {
    throw problem('thing.notFound', { what: '个评估对象' });
  }
  const faults = slotFaults(
    { ...step, title: slotted.title },
    named.map(({ subject, ...slot }) => ({ ...slot, name: subject!.name })),
  );
  if (faults.length > 0) throw problem('campaign.timetable', { faults });
  return new Map(
    named.flatMap(({ subject, from, to }): [string, Slot][] =>
      subject!.slot?.from === from && subject!.slot.to === to ? [] : [[subject!.id, { from, to }]],
    ),
  );
}

/** A lead and a partner are the city or one of its sections. */
async function checkUnits(
  ctx: CampaignContext,
  placeId: number,
  { leadUnitId, partnerUnitId }: Pick<Campaign, 'leadUnitId' | 'partnerUnitId'>,
): Promise<void> {
  const units = new Set((await listLeadUnits(ctx.db, placeId)).map(({ id }) => id));
  if (!units.has(leadUnitId) || (partnerUnitId !== null && !units.has(partnerUnitId))) {
    throw problem('thing.notFound', { what: '个牵头或配合单位' });
  }
  if (leadUnitId === partnerUnitId) throw problem('thing.notFound', { what: '个另外的配合单位' });
}

async function addSubjects(
  ctx: CampaignContext,
  campaign: Campaign,
  choices: readonly SubjectChoice[],
): Promise<number> {
  const sounds = await foundByOf(choices.map(({ name }) => name));
  return insertSubjects(
    ctx.db,
    campaign,
    choices.map((choice, at) => ({ ...choice, alsoFoundBy: sounds[at]! })),
  );
}

type Form = Pick<Campaign, 'title' | 'assessmentYear' | 'decisionYear' | 'leadUnitId' | 'partnerUnitId' | 'rules'> & {
  readonly steps: Awaited<ReturnType<typeof listDays>>;
};

/** The names of what a form changes, as the audit keeps them. */
function changedFields(campaign: Campaign, days: Form['steps'], form: Form): string[] {
  const same = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);
  const changed: (readonly [string, boolean])[] = [
    ['title', campaign.title !== form.title],
    ['assessmentYear', campaign.assessmentYear !== form.assessmentYear],
    ['decisionYear', campaign.decisionYear !== form.decisionYear],
    ['leadUnit', campaign.leadUnitId !== form.leadUnitId],
    ['partnerUnit', campaign.partnerUnitId !== form.partnerUnitId],
    ['judgingRules', !same(campaign.rules, form.rules)],
    ['timetable', !same(days, form.steps)],
  ];
  return changed.flatMap(([name, differs]) => (differs ? [name] : []));
}
