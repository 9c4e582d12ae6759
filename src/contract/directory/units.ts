import { z } from 'zod';
import { namesContact } from '#domain/access/permissions.ts';
import { day, newestEntries } from '../kit/kit.shape.ts';
import { contactName, unitName, unitShortName } from '../kit/names.shape.ts';
import { route } from '../route.ts';
import { document, id } from './directory.shape.ts';

const unitId = z.object({ unitId: z.coerce.number().int() });

/** A unit of the tree: province, city, county-level unit. */
export const unit = z.object({
  id,
  level: z.enum(['province', 'city', 'county']),
  unitCode: z.string().nullable(),
  /** GB/T 2260; null for the two development zones, because no code is invented for them. */
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
  scoped: true,
  summary: '一个单位：历史名称、责任人、各类学校数',
  params: unitId,
  output: z.object({
    unit,
    /** Newest first. */
    versions: z
      .array(
        z.object({
          validFrom: day,
          validTo: day.nullable(),
          name: z.string(),
          parentName: z.string().nullable(),
          document: z.string().nullable(),
        }),
      )
      .max(newestEntries),
    /** Open schools by 办学类型. */
    schools: z.array(z.object({ schoolType: z.string(), schoolTypeName: z.string(), count: z.number().int() })),
    can: z.object({ saveContact: z.boolean(), rename: z.boolean() }),
  }),
});

export const saveContact = route({
  name: 'directory.saveContact',
  method: 'PUT',
  path: '/api/directory/units/:unitId/contact',
  access: namesContact,
  summary: '设置一个单位的填报责任人和电话',
  touches: 'everything',
  params: unitId,
  body: z.object({
    name: contactName,
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
  scoped: true,
  summary: '单位更名或改变隶属，自某日起，旧名保留在历史中',
  touches: 'everything',
  params: unitId,
  body: z.object({
    day,
    document,
    name: unitName,
    shortName: unitShortName,
    parentId: id.nullable(),
  }),
  output: unit,
});

export const undoUnitRename = route({
  name: 'directory.undoUnitRename',
  method: 'POST',
  path: '/api/directory/units/:unitId/renaming/undo',
  access: 'directory.manage',
  summary: '撤销本人一分钟内的单位更名；之后又有变动的不撤销并说明',
  touches: 'everything',
  params: unitId,
  output: unit,
});
