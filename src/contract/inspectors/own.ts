import { z } from 'zod';
import { revision } from '../kit/steps.shape.ts';
import { route } from '../route.ts';
import {
  foundBodies,
  inspectorParams,
  inspectorSummary,
  newPaper,
  ownForm,
  ownInspector,
  writtenRelation,
} from './inspectors.shape.ts';

/** What an inspector does with the own entry, in whatever post he is signed in. */

export const mine = route({
  name: 'inspectors.mine',
  method: 'GET',
  path: '/api/own-inspectors',
  access: 'signed-in',
  summary: '本人的全部督学登记：一人可以在几个单位、以几种类别受聘',
  output: z.object({ rows: z.array(inspectorSummary).max(40) }),
});

export const own = route({
  name: 'inspectors.own',
  method: 'GET',
  path: '/api/own-inspectors/:inspectorId',
  access: 'signed-in',
  summary: '本人的督学登记表、任期和材料',
  params: inspectorParams,
  output: ownInspector,
});

export const fill = route({
  name: 'inspectors.fill',
  method: 'PUT',
  path: '/api/own-inspectors/:inspectorId',
  access: 'signed-in',
  keepsRights: true,
  summary: '本人填写督学登记表；报送推荐以后不能再改',
  params: inspectorParams,
  body: ownForm.extend(revision.shape),
  output: ownInspector,
});

export const declare = route({
  name: 'inspectors.declare',
  method: 'POST',
  path: '/api/own-inspectors/:inspectorId/relations',
  access: 'signed-in',
  keepsRights: true,
  summary: '在任督学本人申报一条回避事项；只加不减，聘任单位收到通知',
  params: inspectorParams,
  body: writtenRelation,
  output: ownInspector,
});

export const ownBodies = route({
  name: 'inspectors.ownBodies',
  method: 'GET',
  path: '/api/own-inspectors/:inspectorId/bodies',
  access: 'signed-in',
  summary: '本人填写登记表、申报回避时按名称、代码、拼音查找单位和学校',
  params: inspectorParams,
  ...foundBodies,
});

export const handOwnPaper = route({
  name: 'inspectors.handOwnPaper',
  method: 'POST',
  path: '/api/own-inspectors/:inspectorId/papers',
  access: 'signed-in',
  keepsRights: true,
  summary: '本人提交学期计划或学期总结',
  params: inspectorParams,
  body: newPaper,
  output: ownInspector,
});
