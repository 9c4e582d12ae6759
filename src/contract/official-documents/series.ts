import { z } from 'zod';
import { route } from '../route.ts';
import { changedSeries, letterSeries, newSeries, seriesParams } from './letters.shape.ts';

export { changedSeries, newSeries } from './letters.shape.ts';

const year = z.coerce.number().int().min(1949).max(2999);

export const series = route({
  name: 'official-documents.series',
  method: 'GET',
  path: '/api/letter-series',
  access: 'letter.read',
  scoped: true,
  summary: '本单位的机关代字，和所问年份用到的号',
  query: z.object({ year: year.optional() }),
  output: z.object({
    year: z.number().int(),
    rows: z.array(letterSeries).max(200),
    mayManage: z.boolean(),
    office: z.string(),
    managedBy: z.array(z.string()).max(50),
  }),
});

export const openSeries = route({
  name: 'official-documents.openSeries',
  method: 'POST',
  path: '/api/letter-series',
  access: 'letter.manage',
  scoped: true,
  summary: '设立机关代字',
  body: newSeries,
  output: z.object({ id: z.uuid() }),
});

export const changeSeries = route({
  name: 'official-documents.changeSeries',
  method: 'PUT',
  path: '/api/letter-series/:seriesId',
  access: 'letter.manage',
  scoped: true,
  summary: '修改机关代字的发文机关标志、署名和印发机关，或停用；已有的公文不变',
  params: seriesParams,
  body: changedSeries,
  output: z.object({ id: z.uuid() }),
});

export const beginSeries = route({
  name: 'official-documents.beginSeries',
  method: 'POST',
  path: '/api/letter-series/:seriesId/first-number',
  access: 'letter.manage',
  scoped: true,
  summary: '设一年的起始号；此前的号已在纸上用掉。编号之前可以改',
  params: seriesParams,
  body: z.object({
    year: z.number().int().min(1949).max(2999),
    first: z.number().int().min(2).max(99_999, '起始号不能超过 99999'),
  }),
  output: z.object({ id: z.uuid() }),
});
