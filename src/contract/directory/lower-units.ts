import { z } from 'zod';
import { lowerKinds } from '#domain/org/unit-kind.ts';
import { day, newestEntries } from '../kit/kit.shape.ts';
import { unitName } from '../kit/names.shape.ts';
import { route } from '../route.ts';
import { document, id } from './directory.shape.ts';

const lowerUnitId = z.object({ lowerUnitId: z.coerce.number().int() });

/** A 科室, 部门, 直属单位 or 乡镇（街道） below a city or a county. */
export const lowerUnit = z.object({
  id,
  kind: z.enum(lowerKinds),
  name: z.string(),
  /** The unit directly above: the city or county itself, or a 部门 or 直属单位 of it. */
  parentId: id,
  parentName: z.string(),
  /** The city or county below which it stands. */
  placeId: id,
  placeName: z.string(),
  /** The first day of its recorded history; null for a unit that stood before the records begin. */
  openedOn: day.nullable(),
  closedOn: day.nullable(),
  /** Posts that name it as their section. */
  posts: z.number().int(),
});

const may = z.object({ manage: z.boolean() });

export const lowerUnits = route({
  name: 'directory.lowerUnits',
  method: 'GET',
  path: '/api/directory/units/:unitId/lower-units',
  access: 'directory.read',
  scoped: true,
  summary: '市级或县级单位之下的科室、部门、直属单位和乡镇（街道），含已撤销的',
  params: z.object({ unitId: z.coerce.number().int() }),
  output: z.object({ rows: z.array(lowerUnit), can: may }),
});

export const readLowerUnit = route({
  name: 'directory.lowerUnit',
  method: 'GET',
  path: '/api/directory/lower-units/:lowerUnitId',
  access: 'directory.read',
  scoped: true,
  summary: '一个科室、部门或直属单位：历史名称；可办理的人并见其中的岗位',
  params: lowerUnitId,
  output: z.object({
    unit: lowerUnit,
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
    /** The posts in it by name, for those who may close it; empty for everybody else. */
    posts: z.array(z.object({ grantId: z.uuid(), person: z.string(), role: z.string() })).max(newestEntries),
    can: may,
  }),
});

const dated = { day, document };

export const openLowerUnit = route({
  name: 'directory.openLowerUnit',
  method: 'POST',
  path: '/api/directory/units/:unitId/lower-units',
  access: 'directory.manage',
  reach: 'unit',
  scoped: true,
  summary: '在一个单位之下设立科室、部门、直属单位或乡镇（街道），自某日起',
  touches: 'everything',
  params: z.object({ unitId: z.coerce.number().int() }),
  body: z.object({
    name: unitName,
    kind: z.enum(lowerKinds),
    /** The unit directly above where it is not the city or county itself. */
    parentId: id.nullable(),
    ...dated,
  }),
  output: lowerUnit,
});

export const renameLowerUnit = route({
  name: 'directory.renameLowerUnit',
  method: 'POST',
  path: '/api/directory/lower-units/:lowerUnitId/renaming',
  access: 'directory.manage',
  reach: 'unit',
  scoped: true,
  summary: '科室、部门或直属单位更名，自某日起，旧名保留在历史中',
  touches: 'everything',
  params: lowerUnitId,
  body: z.object({ name: unitName, ...dated }),
  output: lowerUnit,
});

export const undoLowerUnitRename = route({
  name: 'directory.undoLowerUnitRename',
  method: 'POST',
  path: '/api/directory/lower-units/:lowerUnitId/renaming/undo',
  access: 'directory.manage',
  reach: 'unit',
  summary: '撤销本人一分钟内的更名；之后又有变动的不撤销并说明',
  touches: 'everything',
  params: lowerUnitId,
  output: lowerUnit,
});

export const closeLowerUnit = route({
  name: 'directory.closeLowerUnit',
  method: 'POST',
  path: '/api/directory/lower-units/:lowerUnitId/closing',
  access: 'directory.manage',
  reach: 'unit',
  scoped: true,
  summary: '撤销科室、部门或直属单位，自某日起；其中的岗位仍是所在单位的岗位',
  touches: 'everything',
  params: lowerUnitId,
  body: z.object(dated),
  output: z.object({ lowerUnitId: id }),
});
