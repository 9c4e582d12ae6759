import * as campaigns from '#contract/campaigns/campaigns.ts';
import { serving } from '#core/access/serve.ts';
import { permittedCampaignActs } from '#domain/evaluation/campaign/campaign-flow.ts';
import { type Panel, panelLacks, proposeShares } from '#domain/evaluation/campaign/panel.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { type CampaignContext, editionOf, loadCampaign, lockFor, subjectOf } from './campaign.act.ts';
import type { Campaign, CampaignHandle } from './campaign.store.ts';
import { panelRules } from './panel-rules.shape.ts';
import {
  avoidancesOf,
  changeSeat,
  closeSeat,
  giveSeat,
  isOver,
  lockStanding,
  panelSeats,
  presentSeats,
} from './seat.act.ts';
import { countOtherSeats, listOfficers, listPoolOf, listSeats, listServing } from './seat.store.ts';
import { listSubjects, type SubjectRow } from './subject.store.ts';

const on = serving<CampaignHandle>();

/** Candidates that a search offers. */
const mostCandidates = 50;
/** Sentences of what a panel lacks. */
const mostLacks = 200;

export const seatRoutes = [
  on(campaigns.seats, async (ctx, { params }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const prepared = await editionOf(ctx, campaign);
    const seats = await listSeats(ctx.db, campaign);
    const subjects = await listSubjects(ctx.db, campaign);
    const { rows, registered, shutOut } = await presentSeats(ctx, campaign, prepared, seats, subjects);
    const lacks = lacksOfPanel(ctx, campaign, { prepared, seats: panelSeats(seats, registered), shutOut }, subjects);
    const hasOneTop = prepared.order.filter(({ parent }) => parent === null).length === 1;
    const leavesUnder = (code: string): number => {
      const children = prepared.children.get(code) ?? [];
      return children.length === 0 ? 1 : children.reduce((all, at) => all + leavesUnder(prepared.order[at]!.code), 0);
    };
    return {
      rows,
      lacks,
      branches: prepared.order
        // A node above all is the tree itself and no branch of it.
        .filter(({ code, parent }) => (prepared.children.get(code) ?? []).length > 0 && !(parent === null && hasOneTop))
        .map(({ code, title }) => ({ code, title, leaves: leavesUnder(code) })),
      subjects: subjects.map(({ id, name }) => ({ evaluationId: id, name })),
      can: { give: permittedCampaignActs(await subjectOf(ctx, campaign), ctx.actor).seats },
    };
  }),

  on(campaigns.candidates, async (ctx, { params, query }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const serving = await listServing(ctx.db, ctx.scope, query.search, mostCandidates);
    const known = new Set(serving.map(({ personId }) => personId));
    const officers = query.inspectors
      ? []
      : (await listOfficers(ctx.db, campaign.placeId, query.search, mostCandidates)).filter(
          ({ personId }) => !known.has(personId),
        );
    const ids = [...known, ...officers.map(({ personId }) => personId)];
    const subjects = await listSubjects(ctx.db, campaign);
    const avoided = await avoidancesOf(ctx, subjects, ids, await listPoolOf(ctx.db, ctx.scope, ids));
    const busy = await countOtherSeats(ctx.db, campaign, ids);
    const inside = new Set(
      (await listOfficers(ctx.db, campaign.placeId, undefined, 500)).map(({ personId }) => personId),
    );
    const shared = (personId: string) => {
      const own = avoided.get(personId) ?? [];
      const of = (effect: 'block' | 'ask') => own.flatMap((one) => (one.effect === effect ? [one.evaluationId] : []));
      const isOutside = !inside.has(personId);
      return { personId, isOutside, blocked: of('block'), asked: of('ask'), busy: busy.get(personId) ?? 0 };
    };
    const one = new Map(serving.map((row) => [row.personId, row]));
    return {
      rows: [
        ...[...one.values()].map(({ personId, inspectorId, name, kind, employer, termTo }) => ({
          ...{ ...shared(personId), inspectorId, name, kind: inspectorKindTitles[kind], unitName: employer },
          termOver: isOver({ kind, termTo }, ctx.today),
        })),
        ...officers.map(({ personId, name, role, unitName }) => ({
          ...{ ...shared(personId), inspectorId: null, name, kind: role, unitName },
          termOver: false,
        })),
      ].slice(0, mostCandidates),
    };
  }),

  on(campaigns.proposeSeats, async (ctx, { params }) => {
    const campaign = await loadCampaign(ctx, params.campaignId);
    const seats = (await listSeats(ctx.db, campaign)).filter(({ endedOn, scores }) => endedOn === null && scores);
    const shares = proposeShares(await editionOf(ctx, campaign), seats, campaign.rules.reviewersPerLeaf);
    return { rows: shares.map(({ seatId, nodes }) => ({ seatId, nodes: [...nodes] })) };
  }),

  on(campaigns.giveSeat, async (ctx, { params, body }) =>
    giveSeat(ctx, await lockFor(ctx, params.campaignId, 'seats'), body),
  ),

  on(campaigns.changeSeat, async (ctx, { params, body: { revision, ...given } }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'seats');
    return changeSeat(ctx, campaign, await lockStanding(ctx, campaign, params.seatId, revision), given);
  }),

  on(campaigns.endSeat, async (ctx, { params, body: { revision, ...ending } }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'seats');
    return closeSeat(ctx, campaign, await lockStanding(ctx, campaign, params.seatId, revision), ending);
  }),
];

/** What the panel lacks, once for all subjects that the same people judge. */
function lacksOfPanel(
  ctx: CampaignContext,
  { rules }: Campaign,
  panel: Pick<Panel, 'prepared' | 'seats' | 'shutOut'>,
  subjects: readonly SubjectRow[],
): { code: string; sentence: string }[] {
  const alike = new Map<string, SubjectRow[]>();
  const away = new Set(panel.shutOut.map(({ evaluationId, personId }) => `${evaluationId} ${personId}`));
  for (const subject of subjects) {
    const judges = panel.seats.filter(({ evaluations }) => evaluations === null || evaluations.includes(subject.id));
    const isAway = (personId: string) => away.has(`${subject.id} ${personId}`);
    const key = judges.map(({ id, personId }) => `${id}${isAway(personId) ? ' away' : ''}`).join(' ');
    alike.set(key, [...(alike.get(key) ?? []), subject]);
  }
  const { reviewersPerLeaf } = rules;
  const scoring = { ...panel, reviewersPerLeaf, rules: panelRules, on: ctx.today };
  return [...alike.values()]
    .flatMap((own) => {
      const whose = alike.size === 1 ? '' : `${own[0]!.name}${own.length > 1 ? ` 等 ${own.length} 个对象` : ''}：`;
      return panelLacks(scoring, own[0]!.id).map((lack) => `${whose}${lack}。`);
    })
    .slice(0, mostLacks)
    .map((sentence, at) => ({ code: `lack-${at + 1}`, sentence }));
}
