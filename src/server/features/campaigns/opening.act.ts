import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { campaignOpened, mostSubjectsAtOnce } from '#core/workflow/campaign-occurrences.ts';
import { letterWanted } from '#core/workflow/letter-occurrences.ts';
import { noticeLetter, timetableRows } from '#domain/evaluation/campaign/notice-letter.ts';
import type { StepDays } from '#domain/evaluation/campaign/timetable.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type CampaignContext, slotsOf } from './campaign.act.ts';
import { timetableCertificate } from './campaign.quote.store.ts';
import { type Campaign, listDays } from './campaign.store.ts';
import { listSeats } from './seat.store.ts';
import { step } from './step.act.ts';
import { type OpenedSubject, writeOpened, writeSlots } from './subject.store.ts';

/** As many units and schools receive one letter on the platform. */
const mostRecipients = 200;

/**
 * Opens a campaign: its subjects get the places where they lie today, and each place one job that writes their evaluations.
 * With a letter, its draft lies at the office, which signs and issues it as any other.
 */
export async function openCampaign(
  ctx: CampaignContext,
  id: string,
  { revision, letter }: { readonly revision: number; readonly letter: boolean },
): Promise<Campaign> {
  const noticeLetterId = letter ? newId() : null;
  const opened = await step(ctx, id, { revision, action: 'open' }, { openedAt: ctx.now, noticeLetterId });
  const subjects = await writeOpened(ctx.db, opened, ctx.now);
  if (subjects.length === 0)
    throw problem('campaign.notReady', { lacks: ['所选的学校都已停办或并入其他学校，请改选'] });
  const days = await listDays(ctx.db, opened);
  const slots = await slotsOf(ctx, opened, days);
  if (slots !== undefined) await writeSlots(ctx.db, opened, slots.slots);
  if (noticeLetterId !== null) await wantNotice(ctx, opened, noticeLetterId, subjects, { days, slots });
  const seats = await listSeats(ctx.db, opened);
  const { placeId, kind, title, assessmentYear, decisionYear, edition, leadUnitId, partnerUnitId, rules } = opened;
  const data = {
    campaign: {
      ...{ placeId, id, kind, title, assessmentYear, decisionYear, leadUnitId, partnerUnitId, rules, noticeLetterId },
      framework: { key: edition.key, revision: edition.revision, hash: edition.hash },
    },
  };
  for (const part of partsOf(subjects)) {
    const places = [...new Set([placeId, part[0]!.placeId])];
    await ctx.announce(campaignOpened, { ...data, subjects: part, places });
  }
  const people = [...new Set(seats.flatMap(({ endedOn, personId }) => (endedOn === null ? [personId] : [])))];
  await writeNoticesTo(ctx.db, {
    ...{ kind: 'campaign.opened', actor: ctx.actor, now: ctx.now, note: null },
    notices: people.map((personId) => ({
      ...{ subject: opened, about: title, to: { audience: 'person' as const, placeId, personId } },
    })),
  });
  return opened;
}

/** The subjects of one place together, and no more than one announcement takes. */
function partsOf(subjects: readonly OpenedSubject[]): OpenedSubject[][] {
  const byPlace = new Map<number, OpenedSubject[]>();
  for (const subject of subjects) byPlace.set(subject.placeId, [...(byPlace.get(subject.placeId) ?? []), subject]);
  return [...byPlace.values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / mostSubjectsAtOnce) }, (_, at) =>
      own.slice(at * mostSubjectsAtOnce, (at + 1) * mostSubjectsAtOnce),
    ),
  );
}

/** The notice before a campaign (《教育督导条例》, 国务院令第 624 号, 第十七条), to its subjects, or to their counties where they are too many. */
async function wantNotice(
  ctx: CampaignContext,
  campaign: Campaign,
  letterId: string,
  subjects: readonly OpenedSubject[],
  { days, slots }: { readonly days: readonly StepDays[]; readonly slots: Awaited<ReturnType<typeof slotsOf>> },
): Promise<void> {
  const { placeId, kind, title, assessmentYear, edition, id, leadUnitName, partnerUnitName } = campaign;
  const recipients =
    subjects.length <= mostRecipients
      ? subjects.map(({ unitId, schoolId }) => ({ unitId, schoolId }))
      : [...new Set(subjects.map(({ unitId }) => unitId))].map((unitId) => ({ unitId, schoolId: null }));
  const own = (slots?.subjects ?? []).map(({ id: subject, name }) => ({ name, ...slots!.slots.get(subject)! }));
  const wanted = noticeLetter({
    ...{ campaignId: id, kind, title, assessmentYear, edition, subjects, days, slots: own },
    jointly: partnerUnitName === null ? null : { lead: leadUnitName, partner: partnerUnitName },
    ...{ readAt: ctx.now.toISOString(), certificate: timetableCertificate(timetableRows(kind, days, own)) },
  });
  await ctx.announce(letterWanted, {
    ...{ letterId, placeId, kind: 'notice', places: [placeId], cosignerUnitId: campaign.partnerUnitId },
    ...{ title: wanted.title, addressees: [...wanted.addressees], body: wanted.body, figures: wanted.figures },
    recipients,
    ties: [{ subjectType: 'campaign', subjectPlaceId: placeId, subjectId: id, title: title.slice(0, 200) }],
    ...{ sourceType: 'campaigns', sourceId: id, sourceLabel: title },
  });
}
