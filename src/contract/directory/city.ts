import { z } from 'zod';
import { choosesCity } from '#domain/access/permissions.ts';
import { unitName, unitShortName } from '../kit/names.shape.ts';
import { route } from '../route.ts';
import { id } from './directory.shape.ts';

const code = z.string().regex(/^\d{6}$/, '行政区划代码应为 6 位数字');

/** A zone that files as a unit of its own, such as a 经济技术开发区: it has no code in GB/T 2260. */
export const zone = z.object({ name: unitName, shortName: unitShortName });

/** The cities from which an installation chooses its own. */
export const divisions = route({
  name: 'directory.divisions',
  method: 'GET',
  path: '/api/directory/divisions',
  access: choosesCity,
  scoped: true,
  summary: '可选的城市（GB/T 2260），以及现在选定的城市',
  output: z.object({
    /** Where the list comes from, and the day up to which it contains changes. */
    source: z.string(),
    asOf: z.iso.date(),
    /** The chosen city; null before the first choice. */
    chosen: z.object({ unitId: id, code: z.string().nullable(), name: z.string() }).nullable(),
    /** Why another city cannot be chosen any more, as a sentence; null while it can. */
    bar: z.string().nullable(),
    /** In the order of the codes. `spelling` is the pinyin without tones and `initials` its first letters, for the search. */
    cities: z.array(
      z.object({ code, name: z.string(), province: z.string(), spelling: z.string(), initials: z.string() }),
    ),
  }),
});

/** One city of the list with its county-level divisions. */
export const division = route({
  name: 'directory.division',
  method: 'GET',
  path: '/api/directory/divisions/:code',
  access: choosesCity,
  scoped: true,
  summary: '一个城市的县级区划',
  params: z.object({ code }),
  output: z.object({
    code,
    name: z.string(),
    province: z.string(),
    /** Empty for a city that governs its townships directly: it begins with zones of its own. */
    counties: z.array(
      z.object({
        code,
        name: z.string(),
        /** False where nobody files: the county is offered and not chosen beforehand. */
        files: z.boolean(),
      }),
    ),
  }),
});

/** Chooses the city and writes its units; chooses again while nothing hangs on them. */
export const chooseCity = route({
  name: 'directory.chooseCity',
  method: 'POST',
  path: '/api/directory/city',
  access: choosesCity,
  scoped: true,
  summary: '选定本市，建立省、市、县级单位；还没有学校、岗位和学年时可以重新选定',
  touches: 'everything',
  body: z.object({
    code,
    /** Codes of those county-level divisions that become units. */
    counties: z.array(code).max(60),
    zones: z.array(zone).max(30, '一次最多列 30 个功能区'),
    /** The id of the city that the person saw as chosen; null where none was. */
    seen: id.nullable(),
  }),
  output: z.object({ cityId: id }),
});
