import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type PassesWork, passedWords, workPassed } from '#core/access/pass-work.ts';
import { tellBoth } from '#core/workflow/pass-work.act.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { schoolsPassed } from '#domain/access/notice.ts';
import { withWriting } from '#platform/db/handle.ts';
import { passSchools } from '../people.jobs.ts';
import { openSchools, schoolsKind } from './pass-work.store.ts';
import { passAssignments } from './schools.act.ts';

/** What of a post passes to another: the schools for which an inspector is responsible. */
export const schoolPasses: PassesWork = {
  kinds: { [schoolsKind]: { title: '负责督导的学校', fits: ({ reach }) => reach === 'schools' } },
  of: openSchools,
};

export const passJobs: readonly FeatureJob[] = [
  doing(passSchools, async (services, { places, ...handed }) => {
    if (!handed.kinds.includes(schoolsKind)) return;
    await withWriting(services.pool, atPlaces(places), async (db) => {
      const schools = await passAssignments(services, db, handed);
      if (schools.length === 0) return;
      await tellBoth(services, db, handed, {
        ...{ kind: schoolsPassed, about: schools.join('、') },
        subject: { type: 'post', id: handed.from.postId, placeId: handed.placeId, schoolId: null },
        note: `${schools.length} 所：${passedWords('责任督学', handed)}`,
      });
    });
  }),
];

export const passFollows: readonly Following[] = [following(workPassed, passSchools)];
