import { z } from 'zod';
import { undoableTrackActions } from '#domain/balance-tracking/flow.ts';
import { termStates } from '#domain/balance-tracking/state.ts';
import { day } from '../kit/kit.shape.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenReason, writtenText } from '../kit/texts.shape.ts';
import { file, pdfType, route, wordType, workbookType } from '../route.ts';
import {
  newCause,
  newReturn,
  overviewFilter,
  overviewRow,
  proposedIssue,
  schoolYear,
  trackDetail,
  tracked,
  trackParams,
  withReason,
} from './tracking.shape.ts';

export * from './figures.ts';
export * from './tracking.shape.ts';

/** Late counties first, then by the day. */
export const overview = route({
  name: 'balance-tracking.overview',
  method: 'GET',
  path: '/api/balance-tracks',
  access: 'tracking.read',
  reach: 'unit',
  scoped: true,
  summary: '均衡跟踪：各县（市、区）本学年进展、时限和逾期',
  query: z.object(overviewFilter),
  output: z.object({
    year: schoolYear,
    /** Whether the year was opened. */
    opened: z.boolean(),
    mayOpen: z.boolean(),
    /** The days that a track would have if it were opened today, in their order; empty where nothing is to be opened. */
    opening: z.array(z.object({ title: z.string(), dueOn: day })).max(termStates.length),
    rows: z.array(overviewRow).max(200),
    /** On what the days rest; `sample` where a city has to set its own. */
    rules: z.object({ standard: z.string(), source: z.string(), sample: z.boolean() }),
  }),
});

export const workbook = route({
  name: 'balance-tracking.workbook',
  method: 'GET',
  path: '/api/balance-tracks/workbook',
  access: 'tracking.read',
  reach: 'unit',
  scoped: true,
  summary: '按筛选下载均衡跟踪进展表',
  query: z.object(overviewFilter),
  output: file(workbookType),
});

export const read = route({
  name: 'balance-tracking.read',
  method: 'GET',
  path: '/api/balance-tracks/:trackId',
  access: 'tracking.read',
  reach: 'unit',
  scoped: true,
  summary: '一个县一学年的均衡跟踪：与省公布数据的差异、自评、复核、问题和上年回看',
  params: trackParams,
  output: trackDetail,
});

const reportFormat = { format: z.enum(['docx', 'pdf', 'xlsx']) };

export const countyReport = route({
  name: 'balance-tracking.countyReport',
  method: 'GET',
  path: '/api/balance-tracks/:trackId/report',
  access: 'tracking.read',
  reach: 'unit',
  scoped: true,
  summary: '下载一个县一学年的均衡跟踪报告（Word、PDF 或 Excel）：与省公布数据的差异、自评和复核、问题、上年回看',
  params: trackParams,
  query: z.object(reportFormat),
  output: file(wordType, pdfType, workbookType),
});

export const cityReport = route({
  name: 'balance-tracking.cityReport',
  method: 'GET',
  path: '/api/balance-track-report',
  access: 'tracking.read',
  reach: 'unit',
  scoped: true,
  summary: '下载范围内各县一学年的均衡跟踪报告（Word、PDF 或 Excel）',
  query: z.object({ year: schoolYear.optional(), ...reportFormat }),
  output: file(wordType, pdfType, workbookType),
});

export const open = route({
  name: 'balance-tracking.open',
  method: 'POST',
  path: '/api/balance-tracks',
  access: 'tracking.manage',
  reach: 'city',
  scoped: true,
  summary: '为全部县（市、区）启动一个学年的均衡跟踪',
  body: z.object({ year: z.number().int().min(2000).max(2200) }),
  output: z.object({ opened: z.number().int() }),
});

const act = { method: 'POST', params: trackParams, output: tracked } as const;

export const request = route({
  ...act,
  name: 'balance-tracking.request',
  path: '/api/balance-tracks/:trackId/request',
  access: 'tracking.manage',
  summary: '布置县级自评，通知县级督导机构',
  body: revision,
});

/** The newest cause counts; the ones before are kept. */
export const explain = route({
  ...act,
  name: 'balance-tracking.explain',
  path: '/api/balance-tracks/:trackId/causes',
  access: 'tracking.prepare',
  summary: '写明一项差异的原因',
  body: newCause,
  output: z.object({ done: z.literal(true) }),
});

/** The texts of a self-report. `revision` is that of the report on which they rest; 0 before the first. */
const reportTexts = z.object({
  revision: z.number().int().min(0),
  measures: writtenText(4000),
  conclusion: writtenText(4000),
});

export const saveReport = route({
  name: 'balance-tracking.saveReport',
  method: 'PUT',
  path: '/api/balance-tracks/:trackId/report',
  access: 'tracking.prepare',
  summary: '暂存自评报告',
  params: trackParams,
  body: reportTexts,
  output: revision,
});

export const prepare = route({
  ...act,
  name: 'balance-tracking.prepare',
  path: '/api/balance-tracks/:trackId/preparation',
  access: 'tracking.prepare',
  summary: '把自评报告送主任审核，可一并送上还没有暂存的文字；数据、测算编号和校验码在此固定',
  body: revision.extend({ texts: reportTexts.optional() }),
});

export const withdraw = route({
  ...act,
  name: 'balance-tracking.withdraw',
  path: '/api/balance-tracks/:trackId/withdrawal',
  access: ['tracking.prepare', 'tracking.submit'],
  summary: '撤回送审的自评报告修改',
  body: revision,
});

export const submit = route({
  ...act,
  name: 'balance-tracking.submit',
  path: '/api/balance-tracks/:trackId/submission',
  access: 'tracking.submit',
  summary: '提交自评报告；填写人员不能提交',
  body: revision,
});

export const accept = route({
  ...act,
  name: 'balance-tracking.accept',
  path: '/api/balance-tracks/:trackId/acceptance',
  access: 'tracking.review',
  summary: '自评报告复核通过',
  body: revision,
});

export const sendBack = route({
  ...act,
  name: 'balance-tracking.return',
  path: '/api/balance-tracks/:trackId/return',
  access: 'tracking.review',
  summary: '退回自评报告，写明原因和需要修改的部分',
  body: revision.extend(newReturn.shape),
});

/** Only until the issues are listed. */
export const reconsider = route({
  ...act,
  name: 'balance-tracking.reconsider',
  path: '/api/balance-tracks/:trackId/reconsideration',
  access: 'tracking.review',
  summary: '撤回复核，写明原因，重新复核自评报告',
  body: withReason,
});

export const proposals = route({
  name: 'balance-tracking.proposals',
  method: 'GET',
  path: '/api/balance-tracks/:trackId/proposals',
  access: 'tracking.manage',
  reach: 'city',
  scoped: true,
  summary: '按规则列出的问题，供选择',
  params: trackParams,
  output: z.object({ rows: z.array(proposedIssue).max(5000) }),
});

export const listIssues = route({
  ...act,
  name: 'balance-tracking.list',
  path: '/api/balance-tracks/:trackId/issues',
  access: 'tracking.manage',
  summary: '把所选问题转入整改台账；没有问题的也由此进入下一环节',
  body: revision.extend({ keys: z.array(z.string().regex(/^[\w:-]{1,100}$/)).max(5000) }),
  touches: ['rectifications'],
});

export const confirm = route({
  ...act,
  name: 'balance-tracking.confirm',
  path: '/api/balance-tracks/:trackId/confirmation',
  access: 'tracking.review',
  summary: '确认问题全部销号、整改完成',
  body: revision,
});

export const close = route({
  ...act,
  name: 'balance-tracking.close',
  path: '/api/balance-tracks/:trackId/closing',
  access: 'tracking.manage',
  summary: '办结本年度；还有问题未销号的须写明原因',
  body: revision.extend({ reason: writtenReason(500).optional() }),
});

export const cancel = route({
  ...act,
  name: 'balance-tracking.cancel',
  path: '/api/balance-tracks/:trackId/cancellation',
  access: 'tracking.manage',
  summary: '取消一个县本年度的跟踪，写明原因',
  body: withReason,
});

export const undo = route({
  ...act,
  name: 'balance-tracking.undo',
  path: '/api/balance-tracks/:trackId/undo',
  access: 'tracking.review',
  summary: '一分钟内撤销自己刚做的复核、退回或确认',
  body: z.object({ action: z.enum(undoableTrackActions) }),
});
