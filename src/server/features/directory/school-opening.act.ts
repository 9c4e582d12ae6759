import { initialsOf } from '#core/directory/initials.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolFactFaults } from '#domain/org/school-facts.ts';
import type { SchoolEventDetails } from '#domain/org/school-history.ts';
import type { NewSchool } from './directory.store.ts';
import { type Dated, type DirectoryContext, locationOf, recordOfSchool, stateOf } from './school.act.ts';
import { findCodesGiven } from './school-code.store.ts';
import { insertSchools } from './school-opening.store.ts';
import { listUnits } from './unit/unit.store.ts';

export interface Opening {
  readonly fresh: NewSchool;
  readonly dated: Dated;
  readonly details?: SchoolEventDetails;
}

/**
 * Opens any number of schools after checking that their facts are valid, their codes were never given and their places
 * are in scope. Returns their ids in the order of the request.
 */
export async function openSchools(ctx: DirectoryContext, openings: readonly Opening[]): Promise<number[]> {
  if (openings.length === 0) return [];
  const units = await listUnits(ctx.db);
  for (const { fresh, dated } of openings) {
    const place = locationOf(units, ctx, fresh);
    const faults = schoolFactFaults(
      { ...fresh, managedBy: place.managedBy },
      { province: place.province, year: Number(dated.day.slice(0, 4)) },
    );
    if (faults.length > 0) throw problem('school.facts', { faults });
  }
  await assertCodesFree(
    ctx,
    openings.flatMap(({ fresh }) => fresh.code ?? []),
  );
  const initials = await initialsOf(openings.map(({ fresh }) => fresh.name));
  const opened = await insertSchools(
    ctx.db,
    openings.map(({ fresh, dated, details }, index) => ({
      ...stateOf(fresh),
      initials: initials[index]!,
      foundedYear: fresh.foundedYear,
      day: dated.day,
      document: dated.document || null,
      note: dated.note || null,
      details: details ?? {},
    })),
    { by: signatureOf(ctx.actor), at: ctx.now },
  );
  const overtaken = opened.find((school) => !school.isGiven);
  if (overtaken) throw problem('school.codeTaken', { code: overtaken.code ?? '', void: false });
  await ctx.recordAll(
    openings.map(({ fresh, dated }, index) => {
      const school = { id: opened[index]!.id, countyId: fresh.countyId };
      return recordOfSchool(school, { kind: 'opened', dated }, null, stateOf(fresh));
    }),
  );
  return opened.map(({ id }) => id);
}

/** @throws Problem if a code was ever given, or is requested twice: a void code is never given to another school */
export async function assertCodesFree(ctx: DirectoryContext, codes: readonly string[]): Promise<void> {
  const twice = codes.find((code, index) => codes.indexOf(code) < index);
  if (twice !== undefined) throw problem('school.codeTaken', { code: twice, void: false });
  const [known] = await findCodesGiven(ctx.db, codes);
  if (known) throw problem('school.codeTaken', { code: known.code, void: known.status === 'void' });
}
