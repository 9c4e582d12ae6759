import type { AuditEntry } from '#core/audit/audit.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import { type AnyHandle, type WholeHandle, withWriting } from '#platform/db/handle.ts';
import type { Job } from '#platform/jobs/port.ts';
import { doing, type FeatureJob } from '../access/feature.ts';
import type { JobServices } from '../access/job-services.ts';
import { type PassedWork, passedWords } from '../access/pass-work.ts';
import { writeNoticesTo } from '../notices/sent.store.ts';
import { writeSteps } from './step.store.ts';

/** What of a feature changed hands. */
interface Passed extends SubjectRef {
  readonly title: string;
  readonly state: string;
}

/** How a feature passes one kind of its work. */
interface Passing<Row extends Passed, H extends AnyHandle> {
  readonly kind: string;
  /** What the person is to the work, such as 经办人. */
  readonly as: string;
  /** Kinds of the notice: of one subject, to which it leads, and of several. */
  readonly notices: { readonly one: string; readonly several: string };
  write(db: H, handed: PassedWork & { readonly places: readonly number[] }, now: Date): Promise<readonly Row[]>;
  record(row: Row, names: { readonly from: string; readonly to: string }): AuditEntry;
}

/**
 * The job of a feature that follows `workPassed`: it writes the other person, leaves a step and an audit row on each
 * subject, and tells both people what passed. Where nothing is left to pass it tells nothing.
 */
export function passing<Row extends Passed, H extends AnyHandle = WholeHandle>(
  job: Job<PassedWork>,
  { kind, as, notices, write, record }: Passing<Row, H>,
): FeatureJob {
  return doing(job, async (services, { places, ...handed }) => {
    if (!handed.kinds.includes(kind)) return;
    await withWriting(services.pool, atPlaces(places), async (db) => {
      const now = services.now();
      // The feature writes by a handle of its own.
      const rows = await write(db as AnyHandle as H, { ...handed, places }, now);
      if (rows.length === 0) return;
      const reason = passedWords(as, handed);
      await writeSteps(
        db,
        rows.map((subject) => ({ subject, from: subject.state, to: subject.state })),
        { action: 'workPassed', actor: await services.asker(db), at: now, reason },
      );
      for (const row of rows) {
        await services.record(db, record(row, { from: handed.from.name, to: handed.to.name }));
      }
      const about = rows.map(({ title }) => title).join('、');
      const noticeKind = rows.length === 1 ? notices.one : notices.several;
      await tellBoth(services, db, handed, {
        ...{ kind: noticeKind, subject: rows[0]!, about, note: `${rows.length} 项：${reason}` },
      });
    });
  });
}

/** Tells both people what passed, at the place of the post. */
export async function tellBoth(
  services: JobServices,
  db: WholeHandle,
  { from, to, placeId }: PassedWork,
  told: { readonly kind: string; readonly subject: SubjectRef; readonly about: string; readonly note: string },
): Promise<void> {
  const { kind, subject, about, note } = told;
  const acting = await services.asker(db);
  await writeNoticesTo(db, {
    ...{ kind, actor: { ...acting, userId: acting.userId! }, now: services.now(), note },
    notices: [from, to].map(({ id: personId }) => ({ subject, about, to: { audience: 'person', placeId, personId } })),
  });
}
