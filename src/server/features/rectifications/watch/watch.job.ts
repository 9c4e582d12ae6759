import { doing, type FeatureJob, type Following, following, scheduled } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { findWorkingCalendar } from '#core/calendar/working-days.store.ts';
import { listPlaces } from '#core/directory/places.store.ts';
import { schoolMoved, schoolsEnded } from '#core/directory/school-occurrences.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { findingsRaised } from '#core/workflow/finding-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { countedDue, dangerLevels, dangerWaitsMinutes, risenTo } from '#domain/rectification/due.ts';
import {
  dangerKind,
  passedKind,
  raisedKind,
  schoolEndedKind,
  schoolEndedSeveralKind,
  severalTitles,
} from '#domain/rectification/notice.ts';
import { type FindingLevel, findingLevelTitles } from '#domain/rectification/state.ts';
import { type WholeHandle, withReading, withWriting } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordOf, updateFinding } from '../finding.store.ts';
import * as jobs from '../rectification.jobs.ts';
import { enterRaisedFindings } from './raised.act.ts';
import {
  insertEscalation,
  insertPass,
  lockDanger,
  lockOfSchools,
  lockOverdue,
  lockProvisional,
  type Watched,
} from './watch.store.ts';

/** Place by place, each in a transaction of its own: what fails at one place leaves the others done. */
async function atEachPlace(
  services: JobServices,
  work: (db: WholeHandle, placeId: number) => Promise<void>,
): Promise<void> {
  const places = await withReading(services.pool, atPlaces([]), (db) => listPlaces(db));
  const failed: unknown[] = [];
  for (const placeId of places) {
    try {
      await withWriting(services.pool, atPlaces([placeId]), (db) => work(db, placeId));
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of ${places.length} places failed`);
}

/** What a notice of the clock is about: the school, where it is one, and the finding. */
const aboutOf = ({ schoolName, title }: Pick<Watched, 'schoolName' | 'title'>) =>
  (schoolName === null ? title : `${schoolName} ${title}`).slice(0, 200);

/** Says that a finding rose to a level: a step, a notice to its place, an audit row. Once, however often it is tried. */
async function raise(
  services: JobServices,
  db: WholeHandle,
  finding: Watched,
  to: { readonly because: 'overdue' | 'urgent'; readonly level: FindingLevel },
): Promise<void> {
  const now = services.now();
  const today = services.today();
  const dueOn = to.because === 'overdue' ? finding.dueOn : null;
  if (!(await insertEscalation(db, finding, { ...to, dueOn, on: today, at: now }))) return;
  const actor = await services.acting(db);
  const action = to.because === 'overdue' ? 'escalated' : 'endangered';
  const note = `升级至${findingLevelTitles[to.level]}：${finding.title}`;
  await writeSteps(db, [{ subject: finding, from: finding.state, to: finding.state }], {
    ...{ action, actor, at: now, reason: note },
  });
  await writeNotices(db, {
    ...{ kind: to.because === 'overdue' ? raisedKind : dangerKind, subjects: [{ ...finding, schoolId: null }] },
    ...{ actor, now, note: `升级至${findingLevelTitles[to.level]}`, about: aboutOf },
    onceKey: ({ id }: Watched) => `finding ${id} ${to.because} ${to.level}`,
  });
  await services.record(
    db,
    recordOf(finding, action, { after: { level: to.level, ...(dueOn === null ? {} : { dueOn }) } }),
  );
}

/** Days that were counted over a year that was not announced then are counted again when it is. */
async function recount(services: JobServices, db: WholeHandle, placeId: number): Promise<void> {
  const provisional = await lockProvisional(db, placeId);
  if (provisional.length === 0) return;
  const calendar = await findWorkingCalendar(db);
  for (const finding of provisional) {
    if (finding.dueFrom === null || finding.dueDays === null) continue;
    const { dueOn, provisional: still } = countedDue(calendar, finding.dueFrom, finding.dueDays);
    if (dueOn === finding.dueOn && still === finding.dueProvisional) continue;
    await updateFinding(db, finding, { dueOn, dueProvisional: still }, services.now());
    await writeSteps(db, [{ subject: finding, from: finding.state, to: finding.state }], {
      ...{ action: 'recounted', actor: await services.acting(db), at: services.now() },
      reason: dueOn === finding.dueOn ? undefined : `完成时限由 ${finding.dueOn} 改为 ${dueOn}`,
    });
    const record = { before: { dueOn: finding.dueOn }, after: { dueOn } };
    await services.record(db, recordOf(finding, 'recounted', record));
  }
}

async function raiseOverdue(services: JobServices, db: WholeHandle, placeId: number): Promise<void> {
  const today = services.today();
  const overdue = await lockOverdue(db, placeId, today);
  if (overdue.length === 0) return;
  const calendar = await findWorkingCalendar(db);
  for (const finding of overdue) {
    for (const level of risenTo(calendar, finding, today)) {
      if (!finding.risen.includes(level)) await raise(services, db, finding, { because: 'overdue', level });
    }
  }
}

/** Danger comes to the nearest level at once, and to the next when nobody there has acknowledged it in time. */
async function raiseDanger(services: JobServices, db: WholeHandle, placeId: number): Promise<void> {
  const waited = services.now().getTime() - dangerWaitsMinutes * 60_000;
  for (const finding of await lockDanger(db, placeId)) {
    const [nearest, next] = dangerLevels(finding);
    if (nearest && !finding.risen.includes(nearest))
      await raise(services, db, finding, { because: 'urgent', level: nearest });
    const due = next !== undefined && !finding.risen.includes(next) && !finding.acknowledged.includes(nearest!);
    if (due && finding.enteredAt.getTime() <= waited)
      await raise(services, db, finding, { because: 'urgent', level: next });
  }
}

/**
 * The county into which a school came gets a dated copy of what was found there, so that it knows what comes again, and is told
 * of what is open; all of it stays where it was opened.
 */
async function pass(services: JobServices, data: { schoolId: number; fromCountyId: number; toCountyId: number }) {
  await withWriting(services.pool, atPlaces([data.fromCountyId, data.toCountyId]), async (db) => {
    const [now, actor] = [services.now(), await services.acting(db)];
    for (const origin of await lockOfSchools(db, [data.fromCountyId], [data.schoolId], { closedToo: true })) {
      const id = newId();
      const told = { placeId: data.toCountyId, id, origin, schoolId: data.schoolId, day: services.today() };
      if (!(await insertPass(db, told)) || origin.state === 'closed') continue;
      const subject = { type: 'finding-pass', id, placeId: data.toCountyId, schoolId: null };
      await writeNotices(db, { kind: passedKind, subjects: [subject], actor, now, note: null, about: aboutOf(origin) });
      await services.record(db, {
        ...{ action: 'finding.passed', objectType: 'finding-pass', objectId: id, placeId: data.toCountyId },
        ...{ schoolId: data.schoolId, after: { title: origin.title, origin: origin.id } },
      });
    }
  });
}

/** Whoever opened findings of a school that ended learns it: the duty is its host's, or somebody has to be found. */
async function ended(
  services: JobServices,
  data: { schoolIds: readonly number[]; reason: string; places: readonly number[] },
) {
  await withWriting(services.pool, atPlaces(data.places), async (db) => {
    const [now, actor] = [services.now(), await services.acting(db)];
    const open = await lockOfSchools(db, data.places, data.schoolIds, { closedToo: false });
    // Several findings of one school are one notice, which names them.
    for (const schoolId of data.schoolIds) {
      for (const placeId of data.places) {
        const own = open.filter((one) => one.schoolId === schoolId && one.placeId === placeId);
        const [first] = own;
        if (!first) continue;
        const title = severalTitles(own.map((one) => one.title));
        const { written } = await writeNotices(db, {
          ...{ kind: own.length === 1 ? schoolEndedKind : schoolEndedSeveralKind, actor, now, note: data.reason },
          ...{ subjects: [{ ...first, schoolId: null }], about: aboutOf({ ...first, title }) },
          onceKey: ({ id }: Watched) => `finding ${id} ended ${data.reason}`,
        });
        if (written.length === 0) continue;
        for (const finding of own) {
          await services.record(db, recordOf(finding, 'schoolEnded', { after: { reason: data.reason } }));
        }
      }
    }
  });
}

/** What the ledger does by itself, and what it follows. */
export const findingJobs: readonly FeatureJob[] = [
  scheduled({
    ...{
      name: 'rectifications.overdue',
      title: '整改台账：逾期升级，重算暂定期限',
      retries: 3,
      schedule: '20 1 * * *',
    },
    run: (services) =>
      atEachPlace(services, async (db, placeId) => {
        await recount(services, db, placeId);
        await raiseOverdue(services, db, placeId);
      }),
  }),
  scheduled({
    ...{
      name: 'rectifications.danger',
      title: '整改台账：紧急隐患无人签收的逐级上报',
      retries: 3,
      schedule: '*/30 * * * *',
    },
    run: (services) => atEachPlace(services, (db, placeId) => raiseDanger(services, db, placeId)),
  }),
  doing(jobs.enterRaised, enterRaisedFindings),
  doing(jobs.passFindings, pass),
  doing(jobs.tellEnded, ended),
];

export const findingFollows: readonly Following[] = [
  following(findingsRaised, jobs.enterRaised),
  following(schoolMoved, jobs.passFindings),
  following(schoolsEnded, jobs.tellEnded),
];
