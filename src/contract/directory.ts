import { z } from 'zod';
import { written } from '#domain/kit/written.ts';
import { file, listOutput, listQuery, route, upload } from './route.ts';

const id = z.number().int();
const day = z.iso.date();
const schoolId = z.object({ schoolId: z.coerce.number().int() });
const unitId = z.object({ unitId: z.coerce.number().int() });
const document = z.string().trim().max(60).optional();
const note = z.string().trim().max(300).optional();
const code = z
  .string()
  .trim()
  .regex(/^\d{10}$/, '学校标识码应为 10 位数字');
const schoolName = z.string().trim().min(2, '学校名称至少两个字').max(60);
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const ownership = z.enum(['public', 'private']);
export const urbanClass = z.enum(['urban', 'town', 'rural']);
export const schoolStatus = z.enum(['open', 'merged', 'closed']);
export const schoolEventKind = z.enum([
  'opened',
  'renamed',
  'moved',
  'merged',
  'split',
  'closed',
  'reopened',
  'retyped',
  'corrected',
]);

/** A unit of the tree: province, city, county-level unit. */
export const unit = z.object({
  id,
  level: z.enum(['province', 'city', 'county']),
  unitCode: z.string(),
  /** GB/T 2260; null for the two development zones, for which none is invented. */
  gbCode: z.string().nullable(),
  parentId: id.nullable(),
  name: z.string(),
  shortName: z.string(),
  initials: z.string(),
  sortOrder: z.number().int(),
  /** Place on the schematic map; null where the unit is not drawn. */
  tile: z.object({ column: z.number().int(), row: z.number().int() }).nullable(),
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
});

/** A school as it is now. `countyId` is where it lies, `managingUnitId` who runs it: the county, or the city (市直). */
export const school = z.object({
  id,
  code: z.string(),
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
});

/** Which acts of the directory are this person's on this school now. */
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
  /** To be sent back with every act: of two people at one school the later is told. */
  revision: z.number().int(),
  /** The responsible officer of the unit that runs the school. */
  contact: z.object({ unitName: z.string(), name: z.string().nullable(), phone: z.string().nullable() }),
  can: schoolCan,
});

export const schoolFilter = {
  /** A county-level unit by location; the city or nothing for the whole scope. */
  unitId: z.coerce.number().int().optional(),
  /** `city`: only 市直 schools; `county`: only those that the county runs. */
  managedBy: z.enum(['county', 'city']).optional(),
  schoolType: z.string().max(3).optional(),
  level: z.enum(['primary', 'junior', 'senior', 'special', 'vocational']).optional(),
  ownership: ownership.optional(),
  urbanClass: urbanClass.optional(),
  /** `open` without it. */
  status: z.enum(['open', 'merged', 'closed', 'all']).optional(),
};

export const units = route({
  name: 'directory.units',
  method: 'GET',
  path: '/api/directory/units',
  access: 'signed-in',
  summary: '单位树：省、市、县级单位',
  output: z.object({ units: z.array(unit) }),
});

export const readUnit = route({
  name: 'directory.unit',
  method: 'GET',
  path: '/api/directory/units/:unitId',
  access: 'directory.read',
  summary: '一个单位：历史名称、责任人、各类学校数',
  params: unitId,
  output: z.object({
    unit,
    versions: z.array(
      z.object({
        validFrom: day,
        validTo: day.nullable(),
        name: z.string(),
        parentName: z.string().nullable(),
        document: z.string().nullable(),
      }),
    ),
    /** Open schools by 办学类型. */
    schools: z.array(z.object({ schoolType: z.string(), schoolTypeName: z.string(), count: z.number().int() })),
    can: z.object({ saveContact: z.boolean(), rename: z.boolean() }),
  }),
});

export const saveContact = route({
  name: 'directory.saveContact',
  method: 'PUT',
  path: '/api/directory/units/:unitId/contact',
  access: ['directory.manage', 'filing.return'],
  summary: '设置一个单位的填报责任人和电话',
  params: unitId,
  body: z.object({
    name: z.string().trim().min(1).max(20),
    phone: z
      .string()
      .trim()
      .min(3)
      .max(30)
      .regex(/^[0-9+\-() ]*$/, '电话只含数字、空格和 + - ( )'),
  }),
  output: unit,
});

export const renameUnit = route({
  name: 'directory.renameUnit',
  method: 'POST',
  path: '/api/directory/units/:unitId/renaming',
  access: 'directory.manage',
  summary: '单位更名或改变隶属，自某日起，旧名保留在历史中',
  params: unitId,
  body: z.object({
    day,
    document,
    name: z.string().trim().min(2).max(40),
    shortName: z.string().trim().min(1).max(10),
    parentId: id.nullable(),
  }),
  output: unit,
});

/** Sort columns: `code` (default), `name`, `schoolType`, `county`, `foundedYear`. */
export const schools = route({
  name: 'directory.schools',
  method: 'GET',
  path: '/api/directory/schools',
  access: 'directory.read',
  summary: '学校列表，可按名称、标识码、拼音首字母查找和筛选',
  query: listQuery.extend(schoolFilter),
  output: listOutput(school),
});

export const exportSchools = route({
  name: 'directory.exportSchools',
  method: 'GET',
  path: '/api/directory/schools/export',
  access: 'directory.read',
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
  summary: '一所学校的现况、责任人和可办事项',
  params: schoolId,
  output: schoolDetail,
});

export const schoolHistory = route({
  name: 'directory.schoolHistory',
  method: 'GET',
  path: '/api/directory/schools/:schoolId/history',
  access: 'directory.read',
  summary: '一所学校的历史：各时期状况、变动、历年已批准的数据',
  params: schoolId,
  output: z.object({
    /** Newest first. */
    versions: z.array(
      z.object({
        validFrom: day,
        validTo: day.nullable(),
        code: z.string(),
        name: z.string(),
        schoolType: z.string(),
        schoolTypeName: z.string(),
        sponsorCode: z.number().int(),
        ownership,
        urbanClass,
        countyName: z.string(),
        managingUnitName: z.string(),
      }),
    ),
    events: z.array(
      z.object({
        id: z.uuid(),
        kind: schoolEventKind,
        day,
        document: z.string().nullable(),
        note: z.string().nullable(),
        /** Schools that took part: `absorbed` into this one, the one it went `into`, a `branch` split off, the `origin`. */
        others: z.array(
          z.object({ id, code: z.string(), name: z.string(), part: z.enum(['absorbed', 'into', 'branch', 'origin']) }),
        ),
        /** What changed, in words. */
        changes: z.array(z.object({ what: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
        recordedBy: z.string().nullable(),
      }),
    ),
    /** Approved figures by school year, newest first, as the school was in that year. */
    years: z.array(
      z.object({
        schoolYear: z.number().int(),
        /** Edition of the field catalogue by which the year was filed. */
        edition: z.string(),
        filingId: z.uuid(),
        name: z.string(),
        schoolType: z.string(),
        values: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
      }),
    ),
  }),
});

/** What is said of a school when it is opened or split off. */
export const schoolFacts = z.object({
  code,
  name: schoolName,
  schoolType: z.string().regex(/^\d{3}$/, '请选择办学类型'),
  sponsorCode: z.number().int().min(1).max(10),
  ownership,
  urbanClass,
  foundedYear: z.number().int().min(1000).max(3000).nullable(),
  countyId: id,
  managingUnitId: id,
});

const changed = z.object({ schoolId: id, revision: z.number().int() });
const dated = { revision: z.number().int(), day, document, note };

export const openSchool = route({
  name: 'directory.openSchool',
  method: 'POST',
  path: '/api/directory/schools',
  access: 'directory.manage',
  summary: '设立一所学校',
  body: schoolFacts.extend({ day, document, note }),
  output: changed,
});

export const renameSchool = route({
  name: 'directory.renameSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/renaming',
  access: 'directory.manage',
  summary: '学校更名（标识码不变）',
  params: schoolId,
  body: z.object({ ...dated, name: schoolName }),
  output: changed,
});

export const moveSchool = route({
  name: 'directory.moveSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/moving',
  access: 'directory.manage',
  summary: '改变学校的所在地、管理单位或举办者',
  params: schoolId,
  body: z.object({
    ...dated,
    countyId: id,
    managingUnitId: id,
    sponsorCode: z.number().int().min(1).max(10),
    ownership,
  }),
  output: changed,
});

export const retypeSchool = route({
  name: 'directory.retypeSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/retyping',
  access: 'directory.manage',
  summary: '改变办学类型；类别改变时旧标识码作废，启用新码',
  params: schoolId,
  body: z.object({ ...dated, schoolType: z.string().regex(/^\d{3}$/), code: code.optional() }),
  output: changed,
});

export const mergeSchools = route({
  name: 'directory.mergeSchools',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/merging',
  access: 'directory.manage',
  summary: '把一所或几所学校并入本校',
  params: schoolId,
  body: z.object({
    ...dated,
    guests: z
      .array(z.object({ id, revision: z.number().int() }))
      .min(1)
      .max(20),
    /** The code that goes on: the host's own without it, or that of a guest of the same class. */
    code: code.optional(),
  }),
  output: changed,
});

export const splitSchool = route({
  name: 'directory.splitSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/splitting',
  access: 'directory.manage',
  summary: '从本校分出一所或几所学校',
  params: schoolId,
  body: z.object({ ...dated, parts: z.array(schoolFacts).min(1).max(10), closes: z.boolean().default(false) }),
  output: changed.extend({ parts: z.array(id) }),
});

export const closeSchool = route({
  name: 'directory.closeSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/closing',
  access: 'directory.manage',
  summary: '撤销学校，标识码作废',
  params: schoolId,
  body: z.object(dated),
  output: changed,
});

export const reopenSchool = route({
  name: 'directory.reopenSchool',
  method: 'POST',
  path: '/api/directory/schools/:schoolId/reopening',
  access: 'directory.manage',
  summary: '恢复已撤销的学校，原标识码恢复使用',
  params: schoolId,
  body: z.object(dated),
  output: changed,
});

export const correctSchool = route({
  name: 'directory.correctSchool',
  method: 'PATCH',
  path: '/api/directory/schools/:schoolId',
  access: 'directory.manage',
  summary: '更正登记错误（不是变动）：城乡类型、建校年份、举办者、名称用字',
  params: schoolId,
  body: z.object({
    revision: z.number().int(),
    /** Why it is a mistake and no change. */
    note: z.string().trim().min(2).max(300).regex(written, '请写明原因'),
    name: schoolName.optional(),
    sponsorCode: z.number().int().min(1).max(10).optional(),
    ownership: ownership.optional(),
    urbanClass: urbanClass.optional(),
    foundedYear: z.number().int().min(1000).max(3000).nullable().optional(),
  }),
  output: changed,
});

/** One fault of an uploaded table: where it is, what stands there, which rule it breaks, what would be allowed. */
export const importFinding = z.object({
  sheet: z.string(),
  /** As Excel names it: `C14`. */
  cell: z.string(),
  column: z.string(),
  value: z.string(),
  rule: z.string(),
  allowed: z.string(),
});

export const importPreview = z.object({
  fileName: z.string(),
  /** Both to be sent with the confirmation: what is written is what was looked at, in the file and in the register. */
  fileHash: z.string(),
  planHash: z.string(),
  /** From when the changes would hold. */
  day,
  sheet: z.string(),
  /** What was not read although it looks as if it belonged to the table. */
  notes: z.array(z.string()),
  rows: z.number().int(),
  opens: z.number().int(),
  renames: z.number().int(),
  corrects: z.number().int(),
  unchanged: z.number().int(),
  findings: z.array(importFinding),
  /** All findings, also where the list is cut. */
  findingCount: z.number().int(),
  /** All changes, at most 5,000. */
  changes: z.array(
    z.object({
      row: z.number().int(),
      code: z.string(),
      name: z.string(),
      act: z.enum(['open', 'rename', 'correct']),
      what: z.string(),
    }),
  ),
});

export const importTemplate = route({
  name: 'directory.importTemplate',
  method: 'GET',
  path: '/api/directory/schools/import-template',
  access: 'directory.manage',
  summary: '下载学校导入模板（含下拉选项和填写说明）',
  output: file(workbookType),
});

export const previewImport = route({
  name: 'directory.previewImport',
  method: 'POST',
  path: '/api/directory/schools/import/preview',
  access: 'directory.manage',
  summary: '检查学校表格（Excel 或 CSV），逐格列出错误；不写入（可附字段 day：变动日期，不填为当天）',
  body: upload(8 * 1024 * 1024),
  output: importPreview,
});

export const confirmImport = route({
  name: 'directory.confirmImport',
  method: 'POST',
  path: '/api/directory/schools/import',
  access: 'directory.manage',
  summary: '写入检查过的学校表格：全部写入，或一行也不写（附字段 fileHash、planHash、day、document）',
  body: upload(8 * 1024 * 1024),
  output: z.object({ opened: z.number().int(), renamed: z.number().int(), corrected: z.number().int() }),
});

/** For the palette: at most `limit` of each kind, best first. */
export const find = route({
  name: 'directory.find',
  method: 'GET',
  path: '/api/directory/find',
  access: 'directory.read',
  summary: '按名称、代码、拼音首字母查找单位和学校',
  query: z.object({
    text: z.string().trim().min(1).max(60),
    limit: z.coerce.number().int().min(1).max(30).default(8),
  }),
  output: z.object({
    units: z.array(z.object({ id, name: z.string(), level: z.string() })),
    schools: z.array(
      z.object({
        id,
        code: z.string(),
        name: z.string(),
        countyId: id,
        countyName: z.string(),
        status: schoolStatus,
      }),
    ),
  }),
});
