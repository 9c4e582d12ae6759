import { z } from 'zod';
import { day } from '../kit/kit.shape.ts';
import { unitName, unitShortName } from '../kit/names.shape.ts';
import { route } from '../route.ts';
import { document, id } from './directory.shape.ts';
import { unit } from './units.ts';

const unitId = z.object({ unitId: z.coerce.number().int() });
const tile = z.number().int().min(0).max(29);

/** A county-level unit as the register of units shows it, with what stands there. */
export const registeredUnit = z.object({
  id,
  name: z.string(),
  shortName: z.string(),
  unitCode: z.string().nullable(),
  gbCode: z.string().nullable(),
  /** The first day of its recorded history; null for a unit that stood before the records begin. */
  openedOn: day.nullable(),
  closedOn: day.nullable(),
  /** The unit that took its schools over. */
  closedInto: z.string().nullable(),
  parentId: id.nullable(),
  tile: z.object({ column: tile, row: tile }).nullable(),
  /** Open schools that lie there or are run from there, and posts that are held there. */
  schools: z.number().int(),
  posts: z.number().int(),
  /** Nothing refers to it, so that it can be removed as entered by mistake. */
  removable: z.boolean(),
});

export const unitRegister = route({
  name: 'directory.unitRegister',
  method: 'GET',
  path: '/api/directory/unit-register',
  access: 'directory.manage',
  reach: 'city',
  scoped: true,
  summary: '全市县级单位名录，含已撤销的',
  output: z.object({ rows: z.array(registeredUnit) }),
});

export const openUnit = route({
  name: 'directory.openUnit',
  method: 'POST',
  path: '/api/directory/units',
  access: 'directory.manage',
  reach: 'city',
  scoped: true,
  summary: '增设县级单位，自某日起',
  touches: 'everything',
  body: z.object({
    name: unitName,
    shortName: unitShortName,
    /** GB/T 2260; empty for a zone, which is given a code of its own. */
    gbCode: z
      .string()
      .trim()
      .regex(/^\d{6}$/, '行政区划代码应为 6 位数字；功能区没有代码，请留空')
      .nullable(),
    day,
    document,
  }),
  output: unit,
});

export const closeUnit = route({
  name: 'directory.closeUnit',
  method: 'POST',
  path: '/api/directory/units/:unitId/closing',
  access: 'directory.manage',
  reach: 'city',
  scoped: true,
  summary: '撤销县级单位，自某日起；以前各年的数据照常可查',
  touches: 'everything',
  params: unitId,
  body: z.object({
    day,
    document,
    /** The unit that took its schools over; null where they went to several. */
    intoUnitId: id.nullable(),
  }),
  output: z.object({ unitId: id }),
});

export const removeUnit = route({
  name: 'directory.removeUnit',
  method: 'DELETE',
  path: '/api/directory/units/:unitId',
  access: 'directory.manage',
  reach: 'city',
  scoped: true,
  summary: '删除误增的县级单位；有过学校、岗位或数据的只能撤销',
  touches: 'everything',
  params: unitId,
  output: z.object({ unitId: id }),
});

export const arrangeUnits = route({
  name: 'directory.arrangeUnits',
  method: 'PUT',
  path: '/api/directory/tiles',
  access: 'directory.manage',
  reach: 'city',
  scoped: true,
  summary: '排列均衡监测示意图上各单位的位置',
  touches: ['balance'],
  body: z.object({
    /** Every place once; a unit that is not named is not drawn. */
    tiles: z.array(z.object({ unitId: id, column: tile, row: tile })).max(200),
  }),
  output: z.object({ placed: z.number().int() }),
});
