import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import { type HandsOver, handOverWords, workHandedOver } from '#core/access/hand-over.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { recordOf } from '../finding.store.ts';
import { passDuties } from '../rectification.jobs.ts';
import { dutiesKind, openDuties, writePassedDuties } from './hand-over.store.ts';

/** What of a post passes to another: the open findings that name its holder as responsible. */
export const findingHandsOver: HandsOver = {
  kinds: {
    [dutiesKind]: {
      title: '负责整改的问题（没有销号的）',
      fits: ({ permissions }) => permissions.includes('rectification.plan'),
    },
  },
  of: openDuties,
};

export const handOverJobs: readonly FeatureJob[] = [
  doing(passDuties, async (services, { places, ...handed }) => {
    if (!handed.kinds.includes(dutiesKind)) return;
    await withWriting(services.pool, atPlaces(places), async (db) => {
      const findings = await writePassedDuties(db, handed, services.now());
      if (findings.length === 0) return;
      await writeSteps(
        db,
        findings.map((one) => ({ subject: { ...one, type: 'finding' }, from: one.state, to: one.state })),
        {
          action: 'personChanged',
          actor: await services.acting(db),
          at: services.now(),
          reason: handOverWords(handed),
        },
      );
      for (const finding of findings) {
        const names = { before: { dutyPerson: handed.from.name }, after: { dutyPerson: handed.to.name } };
        await services.record(db, recordOf(finding, 'personChanged', names));
      }
    });
  }),
];

export const handOverFollows: readonly Following[] = [following(workHandedOver, passDuties)];
