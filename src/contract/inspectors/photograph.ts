import { z } from 'zod';
import { file, listQuery, pdfType, route } from '../route.ts';
import { inspectorFilter, inspectorParams } from './inspectors.shape.ts';

/** The photograph of an inspector, and the card that shows it. */

/** A square picture as an address that holds it, drawn anew from what was brought; null where there is none. */
const photographOutput = z.object({ picture: z.string().nullable() });

/** An own upload that is whole: a picture. */
const photographUpload = z.object({ uploadId: z.uuid() });

export const photograph = route({
  name: 'inspectors.photograph',
  method: 'GET',
  path: '/api/inspectors/:inspectorId/photograph',
  access: 'inspector.read',
  reach: 'unit',
  scoped: true,
  summary: '一名督学的照片，裁成方形',
  params: inspectorParams,
  output: photographOutput,
});

export const setPhotograph = route({
  name: 'inspectors.setPhotograph',
  method: 'POST',
  path: '/api/inspectors/:inspectorId/photograph',
  access: 'inspector.write',
  reach: 'unit',
  touches: ['files'],
  summary: '登记或更换照片：本人传好的一张图片；原来的照片从登记上取下',
  params: inspectorParams,
  body: photographUpload,
  output: z.object({ id: z.uuid() }),
});

export const ownPhotograph = route({
  name: 'inspectors.ownPhotograph',
  method: 'GET',
  path: '/api/own-inspectors/:inspectorId/photograph',
  access: 'signed-in',
  summary: '本人登记表上的照片，裁成方形',
  params: inspectorParams,
  output: photographOutput,
});

export const setOwnPhotograph = route({
  name: 'inspectors.setOwnPhotograph',
  method: 'POST',
  path: '/api/own-inspectors/:inspectorId/photograph',
  access: 'signed-in',
  keepsRights: true,
  touches: ['files'],
  summary: '本人在报送推荐以前登记或更换照片',
  params: inspectorParams,
  body: photographUpload,
  output: z.object({ id: z.uuid() }),
});

export const card = route({
  name: 'inspectors.card',
  method: 'GET',
  path: '/api/inspectors/:inspectorId/card',
  access: 'inspector.read',
  reach: 'unit',
  scoped: true,
  summary: '一名在任督学的督学证（PDF，证卡大小）',
  params: inspectorParams,
  output: file(pdfType),
});

export const cards = route({
  name: 'inspectors.cards',
  method: 'GET',
  path: '/api/inspectors/cards',
  access: 'inspector.read',
  reach: 'unit',
  scoped: true,
  summary: '按列表的筛选和排序印制在任督学的督学证（PDF，A4 每页 8 张）；没有证号的不印',
  query: z.object({ ...inspectorFilter, search: listQuery.shape.search, sort: listQuery.shape.sort }),
  output: file(pdfType),
});
