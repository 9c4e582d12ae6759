import type { z } from 'zod';
import { mostLastFindings } from '#contract/evaluations/evaluations.shape.ts';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { systemName } from '#core/audit/audit.store.ts';
import { foundByOf } from '#core/directory/initials.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import type { campaignOpened } from '#core/workflow/campaign-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { nodesOfLeaves } from '#domain/evaluation/campaign/panel.ts';
import { slotStepOf } from '#domain/evaluation/campaign/slots.ts';
import { stepsFor } from '#domain/evaluation/kind.ts';
import { isLaidFilled } from '#domain/evaluation/laid-leaf.ts';
import { exactPointsText } from '#domain/evaluation/points/score.ts';
import { unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { snapshotOf } from '#domain/evaluation/snapshot.ts';
import { findingStateTitles } from '#domain/flow/finding.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { standingMapping } from '#domain/framework/mapping/standing-mapping.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { generatesLeaves, problemAt } from '#domain/framework/score/generated-leaves.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import { editionOf } from '../edition.act.ts';
import { recordOf } from '../evaluation.act.ts';
import { type EvaluationHandle, findEvaluation } from '../evaluation.store.ts';
import * as jobs from '../evaluations.jobs.ts';
import { type EarlierRound, listEarlierRounds } from '../leaf/earlier-rounds.store.ts';
import { liveFacts } from '../leaf/facts.act.ts';
import type { Beside } from '../leaf/leaf.store.ts';
import { writeTotal } from '../total.store.ts';
import {
  findLeafMapping,
  findSlot,
  insertEvaluation,
  insertLeaves,
  insertSteps,
  type LastFinding,
  listCampaignDays,
  listLastFindings,
  listManaging,
  listPanel,
  listReleased,
  listReleasedMeans,
  listSubjectPlaces,
  lockOpenCampaign,
  writeLists,
  writeReviewers,
} from './opening.store.ts';

type Opened = z.output<typeof campaignOpened.data>;
type Subject = Opened['subjects'][number];

/** Of how many earlier rounds a leaf shows the points. */
const mostEarlier = 5;

/** How many earlier rounds are looked through for those that asked the same. */
const mostRounds = 10;

/** Evaluations are opened beside each other: each waits for some twenty answers of the database, and little is computed. */
const atOnce = 4;

/** Writes an evaluation for each subject, each in a transaction of its own: whole or not at all, and once. */
async function open(services: JobServices, data: Opened & { readonly places: readonly number[] }): Promise<void> {
  const { campaign, subjects, places } = data;
  const schoolIds = subjects.flatMap(({ schoolId }) => schoolId ?? []);
  const managing = await withReading(services.pool, atPlaces(places), (db: EvaluationHandle) =>
    listManaging(db, schoolIds),
  );
  const shared: Shared = { means: new Map(), mapped: new Map() };
  const waiting = subjects.values();
  const openNext = async () => {
    for (const subject of waiting) {
      const reach = atPlaces([...new Set([subject.placeId, campaign.placeId])]);
      const managedBy = managing.get(subject.schoolId ?? 0) ?? 'county';
      await withWriting(services.pool, reach, (db: EvaluationHandle) =>
        openOne(services, db, { data, subject, managedBy }, shared),
      );
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, openNext));
  // The job runs again after a fault, and what was opened stays.
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}

interface Opening {
  readonly data: Opened & { readonly places: readonly number[] };
  readonly subject: Subject;
  readonly managedBy: 'county' | 'city';
}

async function openOne(
  services: JobServices,
  db: EvaluationHandle,
  { data, subject, managedBy }: Opening,
  shared: Shared,
): Promise<void> {
  const { campaign } = data;
  const [now, day] = [services.now(), services.today()];
  if (!(await lockOpenCampaign(db, campaign))) return;
  const own = stepsFor(campaign.kind, managedBy).map(({ step }) => step);
  const slotted = slotStepOf(campaign.kind)?.step;
  const slot = slotted && (await findSlot(db, campaign, subject.id));
  const steps = (await listCampaignDays(db, campaign))
    .filter(({ step }) => own.includes(step))
    .map((one) => (one.step === slotted ? { ...one, ...slot } : one));
  const [first] = own;
  const { id, placeId, unitId, schoolId, name } = subject;
  const [alsoFoundBy = ''] = await foundByOf([name]);
  const { key: frameworkKey, revision, hash } = campaign.framework;
  const edition = { frameworkKey, frameworkRevision: revision, frameworkHash: hash };
  const { prepared: published } = await editionOf(db, edition);
  const scored = { placeId, id, unitId, schoolId, assessmentYear: campaign.assessmentYear, frameworkKey };
  const rounds = await listEarlierRounds(db, scored, mostRounds);
  const earlier = await earlierOf(db, { data, subject, rounds }, published, shared);
  // A problem that was raised by mistake is none.
  const problems = earlier.findings.filter(({ state }) => state !== 'cancelled');
  const generated = generatesLeaves(published) ? problems.map((one) => ({ title: one.title })) : null;
  const inserted = await insertEvaluation(
    db,
    {
      ...{ placeId, id, campaignPlaceId: campaign.placeId, campaignId: campaign.id, kind: campaign.kind },
      ...{ title: campaign.title, assessmentYear: campaign.assessmentYear, decisionYear: campaign.decisionYear },
      ...{ framework: campaign.framework, generated, unitId, schoolId, subjectName: name, alsoFoundBy },
      ...{ leadUnitId: campaign.leadUnitId, partnerUnitId: campaign.partnerUnitId, rules: campaign.rules },
      ...{ step: first!, dueOn: steps.find(({ step }) => step === first)?.to ?? null },
      noticeLetterId: campaign.noticeLetterId,
    },
    now,
  );
  if (!inserted) return;
  const key = { placeId, id, schoolId, campaignPlaceId: campaign.placeId };
  await insertSteps(db, key, steps);
  const { prepared } = await editionOf(db, { ...edition, generated });
  const { facts, context } = await liveFacts(db, prepared, scored);
  const snapshot = snapshotOf(prepared, facts, { ...context, on: day }, day);
  const nodes = nodesOfLeaves(prepared);
  const beside = await besideOf(services, db, { data, subject, earlier, problems }, prepared, shared);
  const leaves = snapshot.map((leaf, position) => ({
    ...leaf,
    position,
    nodes: nodes.get(leaf.code) ?? [leaf.code],
    beside: beside(leaf.code),
    lacksNothing: isLaidFilled(prepared, prepared.leaves[position]!, leaf),
  }));
  await insertLeaves(db, key, leaves, { by: systemName, now });
  await writeReviewers(db, key, await listPanel(db, campaign, id));
  await writeLists(db, key, now);
  const byCode = new Map(snapshot.map((leaf) => [leaf.code, leaf]));
  const total = unitTotal(prepared, (code) => {
    const leaf = byCode.get(code)!;
    const settled =
      leaf.origin === 'data' && leaf.isFilled && leaf.value === null
        ? { points: leaf.points, answer: null }
        : undefined;
    return { applies: leaf.applies, settled };
  });
  await writeTotal(db, key, 'self', total, { edition: hash, day }, now);
  const opened = (await findEvaluation(db, atPlaces([placeId]), id, null))!;
  const actor = await services.acting(db);
  await writeSteps(db, [{ subject: opened, from: first!, to: first! }], { action: 'opened', actor, at: now });
  await writeNotices(db, {
    ...{ kind: 'evaluation.opened', subjects: [opened], actor, now, note: null, about: campaign.title },
  });
  const filled = snapshot.filter(({ origin, isFilled }) => origin === 'data' && isFilled).length;
  await services.record(db, recordOf(opened, 'opened', { after: { leaves: snapshot.length, selfFilled: filled } }));
}

/** What the subjects of one opening share: it is read once. */
interface Shared {
  /** The means of earlier campaigns by leaf. */
  readonly means: Map<string, ReadonlyMap<string, string>>;
  /** The leaf of an earlier edition by the leaf of this one; null where nothing says which is which. */
  readonly mapped: Map<string, ReadonlyMap<string, string> | null>;
}

/** Which leaf of an earlier round stands for a leaf of this one; null where the round was judged by another framework that nobody mapped. */
async function mappedOf(
  db: EvaluationHandle,
  { campaign }: Opened,
  prepared: Prepared,
  round: EarlierRound,
  { mapped }: Shared,
): Promise<ReadonlyMap<string, string> | null> {
  const from = { key: round.frameworkKey, revision: round.frameworkRevision };
  const at = `${from.key}/${from.revision}`;
  const known = mapped.get(at);
  if (known !== undefined) return known;
  const codes = prepared.leaves.map(({ indicator: { code } }) => code);
  const { framework } = campaign;
  let found: ReadonlyMap<string, string> | null = new Map(codes.map((code) => [code, code]));
  if (round.frameworkHash !== framework.hash) {
    const decided = await findLeafMapping(db, campaign.placeId, { from, to: framework });
    const isMapped = decided !== undefined || from.key === framework.key;
    found = isMapped
      ? standingMapping((await editionOf(db, round)).prepared.edition, prepared.edition, decided ?? {})
      : null;
  }
  mapped.set(at, found);
  return found;
}

/** A round of another time with the leaf of this edition's by its code. */
interface FollowedRound {
  readonly round: EarlierRound;
  readonly codes: ReadonlyMap<string, string>;
}

/** The rounds that asked the same, the latest first, with what the latest found. */
interface Earlier {
  readonly rounds: readonly FollowedRound[];
  readonly findings: readonly LastFinding[];
}

/** The rounds of a subject that asked the same: by this framework, or by one whose leaves somebody mapped onto it. */
async function earlierOf(
  db: EvaluationHandle,
  { data, subject, rounds: all }: Pick<Opening, 'data' | 'subject'> & { readonly rounds: readonly EarlierRound[] },
  published: Prepared,
  shared: Shared,
): Promise<Earlier> {
  const rounds: FollowedRound[] = [];
  for (const round of all) {
    const codes = await mappedOf(db, data, published, round, shared);
    if (codes !== null && rounds.length < mostEarlier) rounds.push({ round, codes });
  }
  const [last] = rounds;
  if (last === undefined) return { rounds, findings: [] };
  const places = [subject.placeId, data.campaign.placeId];
  return { rounds, findings: await listLastFindings(db, { places, evaluationId: last.round.id }) };
}

/**
 * What stands at each leaf of earlier rounds that were decided: the findings of the last one that asked the same, and the points of all by
 * this framework. The leaves of other editions are followed by their mapping. Points stand with the maximum that they had, and no mean
 * stands where that was another one. A leaf that was generated from a finding shows this one.
 * A finding that names no leaf, or one that this edition does not have, is shown for the whole.
 */
async function besideOf(
  services: JobServices,
  db: EvaluationHandle,
  {
    data,
    subject,
    earlier: { rounds, findings },
    problems,
  }: Pick<Opening, 'data' | 'subject'> & { readonly earlier: Earlier; readonly problems: readonly LastFinding[] },
  prepared: Prepared,
  shared: Shared,
): Promise<(code: string) => Beside> {
  const { campaign } = data;
  const [last] = rounds;
  if (last === undefined) return () => ({});
  const same = rounds.filter(({ round }) => round.frameworkKey === campaign.framework.key);
  const ofSame = same.map(({ round }) => round);
  await addMeans(services, campaign.placeId, ofSame, shared.means, prepared.edition.decimals);
  const released = await listReleased(
    db,
    subject.placeId,
    ofSame.map(({ id }) => id),
  );
  const pointsOf = new Map(released.map(({ evaluationId, code, points }) => [`${evaluationId} ${code}`, points]));
  const editionAt = new Map<string, Prepared>();
  for (const round of ofSame) editionAt.set(round.id, (await editionOf(db, round)).prepared);
  // A finding at a node is one of every leaf below it.
  const nodes = nodesOfLeaves((await editionOf(db, last.round)).prepared);
  const findingsAt = (code: string): readonly LastFinding[] => {
    const at = problemAt(prepared, code);
    if (at !== undefined) return problems.slice(at, at + 1);
    const above = nodes.get(last.codes.get(code) ?? '') ?? [];
    return findings.filter(({ key }) => above.includes(key.split(' ')[0]!));
  };
  const shown = (found: readonly LastFinding[]) =>
    found.map(({ title, state, closedOn }) => ({
      ...{ title, state: titleOfFinding(state), year: last.round.assessmentYear, closedOn },
    }));
  const placed = new Set(prepared.leaves.flatMap(({ indicator }) => findingsAt(indicator.code)));
  const unplaced = shown(findings.filter((one) => !placed.has(one)).slice(0, mostLastFindings));
  return (code) => ({
    findings: shown(findingsAt(code)),
    ...(unplaced.length === 0 ? {} : { unplaced }),
    earlier: same.flatMap(({ round: { id, campaignId, assessmentYear }, codes }) => {
      const before = codes.get(code);
      const points = before === undefined ? undefined : pointsOf.get(`${id} ${before}`);
      if (before === undefined || points === undefined) return [];
      const max = maxText(editionAt.get(id)!.byCode.get(before));
      const isSameScale = max === maxText(prepared.byCode.get(code));
      const mean = isSameScale ? (shared.means.get(campaignId)?.get(before) ?? null) : null;
      return [{ year: assessmentYear, points, max, mean }];
    }),
  });
}

/** What a leaf can get at most, as text; null where its points are not known, and where it has none. */
function maxText(indicator: Indicator | undefined): string | null {
  const max = indicator === undefined ? null : maxOf(indicator);
  return max === null ? null : exactPointsText(max);
}

const titleOfFinding = (state: string) => (findingStateTitles as Readonly<Record<string, string>>)[state] ?? state;

/** The means of earlier campaigns are the same for all their subjects, so a batch reads each once. */
async function addMeans(
  services: JobServices,
  cityId: number,
  rounds: readonly EarlierRound[],
  means: Map<string, ReadonlyMap<string, string>>,
  decimals: number,
): Promise<void> {
  const wanted = [...new Set(rounds.map(({ campaignId }) => campaignId))].filter((id) => !means.has(id));
  if (wanted.length === 0) return;
  // Over all subjects of the earlier campaign, and not over those of the county that is opened now.
  const places = await withReading(services.pool, atPlaces([cityId]), (db: EvaluationHandle) =>
    listSubjectPlaces(db, cityId),
  );
  const rows = await withReading(services.pool, atPlaces(places), (db: EvaluationHandle) =>
    listReleasedMeans(db, places, wanted, decimals),
  );
  for (const id of wanted) {
    const own = rows.filter(({ campaignId }) => campaignId === id);
    means.set(id, new Map(own.map(({ code, mean }) => [code, mean])));
  }
}

export const openingJobs: readonly FeatureJob[] = [doing(jobs.openEvaluations, open)];
