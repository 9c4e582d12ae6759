import type { z } from 'zod';
import type { JobServices } from '#core/access/job-services.ts';
import type { findingsRaised } from '#core/workflow/finding-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { atPlaces, signatureOf } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { findDuties } from '../duty.store.ts';
import { insertFindings, type NewFinding, recordOf } from '../finding.store.ts';
import { listKinds } from '../kind.store.ts';
import { alsoFoundBy } from '../step/duty.act.ts';

type Raised = z.output<typeof findingsRaised.data>;

/**
 * Findings of a source enter the ledger, each once by its key. A duty body that does not lie at the place, or a kind that
 * is not known, is a fault of the source: the job fails, and an operator reads why.
 */
export async function enterRaisedFindings(
  services: JobServices,
  { findings, places, ...source }: Raised & { readonly places: readonly number[] },
): Promise<void> {
  const scope = atPlaces(places);
  await withWriting(services.pool, scope, async (db) => {
    const actor = await services.asker(db);
    const kinds = new Map((await listKinds(db)).map((kind) => [kind.key, kind]));
    const schools = findings.flatMap(({ aboutSchoolId }) =>
      aboutSchoolId === undefined ? [] : [{ type: 'school' as const, id: aboutSchoolId }],
    );
    const duties = await findDuties(db, scope, [...findings.map(({ duty }) => duty), ...schools]);
    const of = (type: string, id: number) => duties.find((one) => one.type === type && one.id === id);
    const entered: NewFinding[] = [];
    for (const one of findings) {
      const kind = kinds.get(one.kind);
      if (!kind) throw new Error(`finding ${one.id}: there is no kind ${one.kind}`);
      const duty = of(one.duty.type, one.duty.id);
      if (duty?.placeId !== one.placeId) {
        throw new Error(`finding ${one.id}: the ${one.duty.type} ${one.duty.id} does not lie at ${one.placeId}`);
      }
      const about =
        one.aboutSchoolId === undefined ? (duty.type === 'school' ? duty : undefined) : of('school', one.aboutSchoolId);
      if (one.aboutSchoolId !== undefined && about?.placeId !== one.placeId) {
        throw new Error(`finding ${one.id}: the school ${one.aboutSchoolId} does not lie at ${one.placeId}`);
      }
      entered.push({
        ...{ placeId: one.placeId, id: one.id, schoolId: about?.id ?? null, aboutSchoolId: about?.id ?? null },
        ...{ kind: kind.key, title: one.title, body: one.body, whereFound: one.whereFound ?? '' },
        ...{ severity: one.severity ?? kind.severity, cause: '', parentId: null, dutyType: duty.type },
        ...{ dutyUnitId: duty.type === 'school' ? null : duty.id, dutyPerson: '' },
        ...{ openedByUnitId: source.openedByUnitId, openedLevel: source.openedLevel },
        ...{ managedBy: (about ?? duty).managedBy, schoolYear: one.schoolYear, foundOn: one.foundOn },
        ...(one.dueOn === undefined ? {} : { demandedOn: one.dueOn }),
        ...{ sourceType: source.sourceType, sourceId: source.sourceId, sourceKey: one.sourceKey },
        ...{ sourceLabel: source.sourceLabel, alsoFoundBy: await alsoFoundBy(one.title, duty.name) },
        ...{ enteredBy: actor.userId, enteredByName: signatureOf(actor), at: services.now() },
      });
    }
    const written = new Set(await insertFindings(db, entered));
    const fresh = entered.filter(({ id }) => written.has(id));
    const subjects = fresh.map((one) => ({ ...one, type: 'finding' as const }));
    await writeSteps(
      db,
      subjects.map((subject) => ({ subject, from: 'found', to: 'found' })),
      { action: 'raised', actor, at: services.now(), reason: source.sourceLabel },
    );
    for (const one of fresh) {
      const after = { title: one.title, kind: one.kind, severity: one.severity, source: source.sourceLabel };
      await services.record(db, recordOf(one, 'raised', { after }));
    }
  });
}
