import * as periods from '#contract/filings/periods.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { listSchoolsOn, type SchoolOnDay, writeRegister } from '#core/calendar/register.store.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { recomputeBalance } from '../filing.act.ts';
import type { FilingHandle } from '../filing.store.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';
import {
  type CollectionRow,
  findCollectionById,
  lockCollection,
  recordOfCollection,
  writeFilings,
  writeSubjects,
} from './collection.store.ts';
import { exemption, newFilings, withInitials } from './opening.act.ts';
import { findListedSchools } from './supplement.store.ts';

const on = serving<FilingHandle>();

/** A school that opened after the list of a year was fixed is added to it by an act of its own. */
export const filingSupplementRoutes = [
  on(periods.unlisted, async (ctx, { params }) => {
    const collection = assertOpen(await findCollectionById(ctx.db, params.periodId));
    const schools = (await unlistedSchools(ctx, collection)).map((school) => ({
      schoolId: school.schoolId,
      countyId: school.countyId,
      code: school.code,
      name: school.name,
      schoolTypeName: schoolType(school.schoolType)?.name ?? school.schoolType,
    }));
    return { schools: schools.sort((one, other) => one.countyId - other.countyId || one.schoolId - other.schoolId) };
  }),

  on(periods.addSchools, async (ctx, { params, body }) => {
    const collection = assertOpen(await lockCollection(ctx.db, params.periodId));
    const { id, periodId, schoolYear, name } = collection;
    const { document, note = null, until } = body;
    if (until === undefined && collection.deadline < ctx.today) {
      throw problem('period.ownDayNeeded', { deadline: collection.deadline });
    }
    if (until !== undefined && (until <= collection.deadline || until < ctx.today)) {
      throw problem('filing.extensionTooShort', { deadline: collection.deadline });
    }
    const unlisted = await unlistedSchools(ctx, collection);
    const chosen = [...new Set(body.schoolIds)].map((schoolId) => {
      const school = unlisted.find((one) => one.schoolId === schoolId);
      if (!school) throw problem('period.notToAdd', { name });
      return school;
    });
    const schools = (await withInitials(chosen)).map((school) => ({ ...school, reason: null }));
    await writeRegister(ctx.db, periodId, schools, ctx.today);
    await writeSubjects(ctx.db, id, schools);
    const filings = await newFilings(ctx, catalogueOf(collection.edition), schools, schoolYear);
    await writeFilings(
      ctx.db,
      id,
      filings.map((filing) => ({ ...filing, until })),
      ctx.now,
    );
    await ctx.recordAll(
      schools.map(({ countyId, schoolId, code, name: schoolName }) =>
        recordOfCollection(id, 'period.schoolAdded', {
          placeId: countyId,
          schoolId,
          after: { code, name: schoolName, document, note, until: until ?? null },
        }),
      ),
    );
    for (const countyId of new Set(schools.map((school) => school.countyId))) {
      await ctx.enqueue(recomputeBalance, { places: [countyId], countyId, periodId });
    }
    return { added: schools.length };
  }),
];

function assertOpen(collection: CollectionRow | undefined): CollectionRow {
  if (!collection) throw problem('thing.notFound', { what: '个填报周期' });
  assertTakesWrites(collection);
  if (collection.state !== 'open') throw problem('period.over', { name: collection.name });
  return collection;
}

/** The schools in reach that stand today, would owe the record, and are not on its list. */
async function unlistedSchools(ctx: Context<FilingHandle>, collection: CollectionRow): Promise<SchoolOnDay[]> {
  const listed = await findListedSchools(ctx.db, collection.id);
  const catalogue = catalogueOf(collection.edition);
  return (await listSchoolsOn(ctx.db, ctx.today)).filter(
    (school) =>
      !listed.has(school.schoolId) &&
      ctx.scope.places.includes(school.countyId) &&
      exemption(catalogue, school) === null,
  );
}
