import * as directory from '#contract/directory/directory.ts';
import { serving } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { permittedChanges, returnRefusal } from '#domain/org/school-change.ts';
import { presentSchool, typeName } from './directory.shape.ts';
import type { DirectoryHandle } from './directory.store.ts';
import { findEvents, findSchool, findVersions } from './school.store.ts';
import { schoolFile } from './school.workbook.ts';
import { findCodeHolder } from './school-code.store.ts';
import { findAllSchools, findPlaces, listSchools } from './school-list.store.ts';

const on = serving<DirectoryHandle>();

/** Reading the register: lists, one school, its history, the palette. */
export const schoolRoutes = [
  on(directory.schools, async (ctx, { query }) => {
    const { rows, total } = await listSchools(ctx.db, ctx.scope, query, query);
    return { rows: rows.map(shownInList), total };
  }),

  on(directory.exportSchools, async (ctx, { query }) => {
    const schools = await findAllSchools(ctx.db, ctx.scope, query);
    return schoolFile(schools.map(presentSchool), query.format, { person: ctx.actor.userId, day: ctx.today });
  }),

  on(directory.find, async (ctx, { query }) => {
    const { units, lowerUnits, schools } = await findPlaces(ctx.db, ctx.scope, query.text, query.limit);
    return {
      ...{ units, lowerUnits },
      schools: schools.map(({ id, code, name, countyId, countyName, status, formerNames }) => ({
        ...{ id, code, name, countyId, countyName, status, formerNames },
      })),
    };
  }),

  on(directory.readSchool, async (ctx, { params }) => {
    const found = await findSchool(ctx.db, ctx.scope, params.schoolId);
    if (found === undefined) throw problem('thing.notFound', { what: '所学校' });
    const { contactName, contactPhone, ...school } = presentSchool(found);
    const can = permittedChanges(school.status, holds(ctx.actor, 'directory.manage'));
    const obstacle = can.reopen ? returnRefusal(school, await findCodeHolder(ctx.db, school.code)) : undefined;
    return {
      ...school,
      contact: { unitName: school.managingUnitName, name: contactName, phone: contactPhone },
      can: { ...can, reopen: can.reopen && obstacle === undefined },
      returnObstacle: obstacle?.message ?? null,
    };
  }),

  on(directory.schoolHistory, async (ctx, { params }) => {
    const school = await findSchool(ctx.db, ctx.scope, params.schoolId);
    if (school === undefined) throw problem('thing.notFound', { what: '所学校' });
    const versions = await findVersions(ctx.db, school.id);
    const events = await findEvents(ctx.db, school.id);
    return {
      versions: versions.map((version) => ({ ...version, schoolTypeName: typeName(version.schoolType) })),
      events: events.map(({ details, ...event }) => ({
        ...event,
        others: [...(details.others ?? [])],
        changes: [...(details.changes ?? [])],
      })),
    };
  }),
];

/** The count that the statement adds to every row stays on the server. */
function shownInList<Row extends Parameters<typeof presentSchool>[0] & { total?: number }>(row: Row) {
  const { total: _, ...school } = presentSchool(row);
  return school;
}
