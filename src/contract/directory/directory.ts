import { z } from 'zod';
import { schoolStatuses } from '#domain/org/school-change.ts';
import { managingLevels } from '#domain/org/school-facts.ts';
import { schoolEventKinds } from '#domain/org/school-history.ts';
import { listedLevels } from '#domain/org/school-level.ts';
import { day, newestEntries } from '../kit/kit.shape.ts';
import { ownership, schoolId, urbanClass } from '../kit/school.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import { id, schoolStatus } from './directory.shape.ts';

export const schoolEventKind = z.enum(schoolEventKinds);

/**
 * A school as it is now. `countyId` is the county of its location, `managingUnitId` the unit that runs it: the county,
 * or the city (市直).
 */
export const school = z.object({
  id,
  /** 学校标识码; null where none has been given yet. */
  code: z.string().nullable(),
  name: z.string(),
  /** Code of 办学类型, with its name. */
  schoolType: z.string(),
  schoolTypeName: z.string(),
  /** 举办者类型, 1 to 10 of the national application form. */
  sponsorCode: z.number().int(),
  ownership,
  urbanClass,
  foundedYear: z.number().int().nullable(),
  countyId: id,
  countyName: z.string(),
  managingUnitId: id,
  managingUnitName: z.string(),
  status: schoolStatus,
  /** 曾用名, the newest first. A search finds the school by each of them. */
  formerNames: z.array(z.string()),
});

/** The acts of the directory that this person may do on this school now. */
export const schoolCan = z.object({
  rename: z.boolean(),
  move: z.boolean(),
  merge: z.boolean(),
  split: z.boolean(),
  close: z.boolean(),
  reopen: z.boolean(),
  retype: z.boolean(),
  correct: z.boolean(),
});

export const schoolDetail = school.extend({
  openedOn: day,
  closedOn: day.nullable(),
  /** To be sent back with every act, so that the second of two people who change one school is warned. */
  revision: z.number().int(),
  /** The responsible officer of the unit that runs the school. */
  contact: z.object({ unitName: z.string(), name: z.string().nullable(), phone: z.string().nullable() }),
  can: schoolCan,
  /** Why a merger cannot be taken back, for those who might; null where nothing stands on it. */
  returnObstacle: z.string().nullable(),
});

export const schoolFilter = {
  /** Kindergartens are in the same register; a list shows them only on request. */
  kind: z.enum(['school', 'kindergarten']).optional(),
  /** A county-level unit, by location; the city or no unit means the whole scope. */
  unitId: z.coerce.number().int().optional(),
  /** `city`: only 市直 schools; `county`: only those that the county runs. */
  managedBy: z.enum(managingLevels).optional(),
  schoolType: z.string().max(3).optional(),
  level: z.enum(listedLevels).optional(),
  ownership: ownership.optional(),
  urbanClass: urbanClass.optional(),
  /** `open` without it. */
  status: z.enum([...schoolStatuses, 'all']).optional(),
};

/** Sort columns: `code` (default), `name`, `schoolType`, `county`, `foundedYear`. */
export const schools = route({
  name: 'directory.schools',
  method: 'GET',
  path: '/api/directory/schools',
  access: 'directory.read',
  scoped: true,
  summary: '学校列表，可按名称、标识码、拼音查找和筛选',
  query: listQuery.extend(schoolFilter),
  output: listOutput(school),
});

export const exportSchools = route({
  name: 'directory.exportSchools',
  method: 'GET',
  path: '/api/directory/schools/export',
  access: 'directory.read',
  scoped: true,
  summary: '导出当前筛选出的学校（xlsx 或 csv）',
  query: z.object({
    ...schoolFilter,
    search: listQuery.shape.search,
    sort: listQuery.shape.sort,
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
  }),
  output: file(workbookType, 'text/csv'),
});

export const readSchool = route({
  name: 'directory.school',
  method: 'GET',
  path: '/api/directory/schools/:schoolId',
  access: 'directory.read',
  scoped: true,
  summary: '一所学校的现况、责任人和可办事项',
  params: schoolId,
  output: schoolDetail,
});

export const schoolHistory = route({
  name: 'directory.schoolHistory',
  method: 'GET',
  path: '/api/directory/schools/:schoolId/history',
  access: 'directory.read',
  scoped: true,
  summary: '一所学校的历史：各时期状况、变动',
  params: schoolId,
  output: z.object({
    /** Newest first. */
    versions: z
      .array(
        z.object({
          validFrom: day,
          validTo: day.nullable(),
          code: z.string().nullable(),
          name: z.string(),
          schoolType: z.string(),
          schoolTypeName: z.string(),
          sponsorCode: z.number().int(),
          ownership,
          urbanClass,
          countyName: z.string(),
          managingUnitName: z.string(),
        }),
      )
      .max(newestEntries),
    /** Newest first. */
    events: z
      .array(
        z.object({
          id: z.uuid(),
          kind: schoolEventKind,
          day,
          document: z.string().nullable(),
          note: z.string().nullable(),
          /** Schools that took part: `absorbed` into this one, the one it went `into`, a `branch` split off, the `origin`. */
          others: z.array(
            z.object({
              id,
              code: z.string().nullable(),
              name: z.string(),
              part: z.enum(['absorbed', 'into', 'branch', 'origin']),
            }),
          ),
          /** What changed, in words. */
          changes: z.array(z.object({ what: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
          recordedBy: z.string().nullable(),
        }),
      )
      .max(newestEntries),
  }),
});

const mostFound = 30;

/** For the palette: at most `limit` of each kind, best first. */
export const find = route({
  name: 'directory.find',
  method: 'GET',
  path: '/api/directory/find',
  access: 'directory.read',
  scoped: true,
  summary: '按名称、代码、拼音查找单位和学校',
  query: z.object({
    text: z.string().trim().min(1).max(60),
    limit: z.coerce.number().int().min(1).max(mostFound).default(8),
  }),
  output: z.object({
    units: z.array(z.object({ id, name: z.string(), level: z.string() })).max(mostFound),
    /** 科室, 部门, 直属单位 and 乡镇 in use, with the city or county below which they stand. */
    lowerUnits: z.array(z.object({ id, name: z.string(), placeId: id, placeName: z.string() })).max(mostFound),
    schools: z
      .array(
        z.object({
          id,
          code: z.string().nullable(),
          name: z.string(),
          countyId: id,
          countyName: z.string(),
          status: schoolStatus,
          formerNames: z.array(z.string()),
        }),
      )
      .max(mostFound),
  }),
});
