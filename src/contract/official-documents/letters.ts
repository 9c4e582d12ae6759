import { z } from 'zod';
import { undoableLetterActions } from '#domain/letter/flow.ts';
import { letterTurns } from '#domain/letter/state.ts';
import { revision } from '../kit/steps.shape.ts';
import { writtenLine } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, pdfType, route, wordType, workbookType } from '../route.ts';
import {
  decidedDespite,
  figureAsked,
  letterContent,
  letterDetail,
  letterFigure,
  letterKind,
  letterParams,
  letterStanding,
  letterState,
  letterSummary,
  mostHandlers,
  mostRecipients,
  paperLetter,
  reason,
  recipientRef,
} from './letters.shape.ts';

export { letterContent, paperLetter } from './letters.shape.ts';

const filter = {
  state: z.union([letterState, z.array(letterState).max(7)]).optional(),
  kind: letterKind.optional(),
  /** A county-level unit; the city or no unit means everything in reach. */
  unitId: z.coerce.number().int().optional(),
  /** The year of the number. */
  year: z.coerce.number().int().min(1949).max(2999).optional(),
  /** What waits for this person: a line of the home page. */
  waiting: z.enum(letterTurns).optional(),
  /** Who goes on with it: a person, or whoever asks. */
  handler: z.union([z.literal('mine'), z.uuid()]).optional(),
};

export const list = route({
  name: 'official-documents.list',
  method: 'GET',
  path: '/api/letters',
  access: 'letter.read',
  scoped: true,
  summary: '发文：管辖范围内的公文，按状态、种类、年份和文字筛选',
  query: listQuery.extend(filter),
  output: listOutput(letterSummary),
});

export const handlers = route({
  name: 'official-documents.handlers',
  method: 'GET',
  path: '/api/letter-handlers',
  access: 'letter.read',
  scoped: true,
  summary: '本单位公文的经办人，供列表筛选',
  output: z.object({ rows: z.array(z.object({ personId: z.uuid(), name: z.string() })).max(mostHandlers) }),
});

export const register = route({
  name: 'official-documents.register',
  method: 'GET',
  path: '/api/letters/register',
  access: 'letter.read',
  scoped: true,
  summary: '发文登记簿（Excel），筛选与列表相同',
  query: listQuery.omit({ page: true, pageSize: true }).extend(filter),
  output: file(workbookType),
});

export const read = route({
  name: 'official-documents.read',
  method: 'GET',
  path: '/api/letters/:letterId',
  access: 'letter.read',
  scoped: true,
  summary: '一份公文：内容、收文单位、办理经过和本人现在能做什么',
  params: letterParams,
  output: letterDetail,
});

export const pdf = route({
  name: 'official-documents.pdf',
  method: 'GET',
  path: '/api/letters/:letterId/pdf',
  access: 'letter.read',
  scoped: true,
  summary: '公文的 PDF；没有印发的带“草稿”水印',
  params: letterParams,
  output: file(pdfType),
});

export const word = route({
  name: 'official-documents.word',
  method: 'GET',
  path: '/api/letters/:letterId/word',
  access: 'letter.read',
  scoped: true,
  summary: '公文的 Word 文件',
  params: letterParams,
  output: file(wordType),
});

export const preview = route({
  name: 'official-documents.preview',
  method: 'POST',
  path: '/api/letter-previews',
  access: 'letter.draft',
  scoped: true,
  summary: '预览正在拟写的公文，带“草稿”水印，不保存',
  body: letterContent.extend({ jointSigner: writtenLine(60).nullable().default(null) }),
  output: file(pdfType),
});

export const addressees = route({
  name: 'official-documents.addressees',
  method: 'GET',
  path: '/api/letter-addressees',
  access: 'letter.draft',
  scoped: true,
  summary: '能收到本单位公文的单位和学校，按名称或拼音查找',
  query: z.object({ search: z.string().trim().max(60).default('') }),
  output: z.object({ rows: z.array(recipientRef.extend({ name: z.string() })).max(40), more: z.boolean() }),
});

export const figureChoices = route({
  name: 'official-documents.figureChoices',
  method: 'GET',
  path: '/api/letter-figure-choices',
  access: 'letter.draft',
  scoped: true,
  summary: '能插入公文的数据项，及其单位、学年和选项',
  output: z.object({
    units: z.array(z.object({ id: z.number().int(), name: z.string() })).max(200),
    years: z.array(z.number().int()).max(20),
    /** What can be chosen, each with the choices beside unit and year. */
    quotes: z
      .array(
        z.object({
          query: z.string(),
          title: z.string(),
          choices: z.array(z.object({ value: z.string(), label: z.string() })).max(500),
        }),
      )
      .max(50),
  }),
});

export const readFigure = route({
  name: 'official-documents.readFigure',
  method: 'POST',
  path: '/api/letter-figures',
  access: 'letter.draft',
  scoped: true,
  summary: '取一项数据现在的值，不保存',
  body: z.object({ asked: figureAsked }),
  output: letterFigure.omit({ key: true }),
});

const act = { params: letterParams, output: letterStanding, method: 'POST', touches: ['files'] } as const;

export const draft = route({
  name: 'official-documents.draft',
  method: 'POST',
  path: '/api/letters',
  access: 'letter.draft',
  scoped: true,
  summary: '拟一份公文：按模板，或作为对一份来文的答复',
  body: z.object({
    kind: letterKind,
    /** The receipt of the letter that it answers. */
    replyTo: z.uuid().optional(),
  }),
  output: letterStanding,
});

export const save = route({
  ...act,
  name: 'official-documents.save',
  method: 'PUT',
  path: '/api/letters/:letterId',
  access: 'letter.draft',
  summary: '保存修改；已送审、审核或签发的回到草拟',
  body: letterContent.extend({ ...revision.shape, recipients: z.array(recipientRef).max(mostRecipients) }),
});

export const takeFigures = route({
  ...act,
  name: 'official-documents.takeFigures',
  path: '/api/letters/:letterId/figures',
  access: 'letter.draft',
  summary: '为公文中的数据取新值；已送审、审核或签发的回到草拟',
  body: revision.extend({ keys: z.array(z.number().int()).min(1).max(60) }),
});

export const submit = route({
  ...act,
  name: 'official-documents.submit',
  path: '/api/letters/:letterId/submission',
  access: 'letter.draft',
  summary: '送审；数据在取数之后有变的，须逐项写明所见的新值，确认按原值',
  body: decidedDespite,
});

export const check = route({
  ...act,
  name: 'official-documents.check',
  path: '/api/letters/:letterId/check',
  access: 'letter.check',
  summary: '审核通过；拟稿人本人不能审核',
  body: revision,
});

export const sign = route({
  ...act,
  name: 'official-documents.sign',
  path: '/api/letters/:letterId/signature',
  access: 'letter.sign',
  summary: '签发；拟稿人、审核人本人不能签发；数据在取数之后有变的，须逐项写明所见的新值，确认按原值',
  body: decidedDespite,
});

export const cosign = route({
  ...act,
  name: 'official-documents.cosign',
  path: '/api/letters/:letterId/cosignature',
  access: 'letter.check',
  summary: '会签：联合办理的配合单位由本单位的人用本人账号签署；送审人、签发人本人不能会签',
  body: revision,
});

export const dropCosigner = route({
  ...act,
  name: 'official-documents.dropCosigner',
  path: '/api/letters/:letterId/cosigner-removal',
  access: 'letter.sign',
  summary: '免去会签，须写原因；此后不等配合单位即可印发，记录保留',
  body: revision.extend({ reason }),
});

export const issue = route({
  ...act,
  name: 'official-documents.issue',
  path: '/api/letters/:letterId/issue',
  access: 'letter.issue',
  summary:
    '编号印发：取号、定稿、登记并送达；签发人本人不能印发；数据在取数之后有变的，须逐项写明所见的新值，确认按原值',
  body: decidedDespite,
});

export const sendBack = route({
  ...act,
  name: 'official-documents.return',
  path: '/api/letters/:letterId/return',
  access: ['letter.check', 'letter.sign', 'letter.issue'],
  summary: '退回修改，须写原因',
  body: revision.extend({ reason }),
});

export const withdraw = route({
  ...act,
  name: 'official-documents.withdraw',
  path: '/api/letters/:letterId/withdrawal',
  access: ['letter.issue', 'letter.manage'],
  summary: '撤回已印发的公文，或作废补登的纸质公文的登记，须写原因；号数保留',
  body: revision.extend({ reason }),
});

export const cancel = route({
  ...act,
  name: 'official-documents.cancel',
  path: '/api/letters/:letterId/cancellation',
  access: 'letter.draft',
  summary: '作废没有印发的公文，须写原因；记录保留',
  body: revision.extend({ reason }),
});

export const undo = route({
  ...act,
  name: 'official-documents.undo',
  path: '/api/letters/:letterId/undo',
  access: ['letter.check', 'letter.sign', 'letter.issue'],
  summary: '撤销本人一分钟内的审核或退回；之后又有变动的不撤销并说明',
  body: z.object({ action: z.enum(undoableLetterActions) }),
});

export const enterPaper = route({
  name: 'official-documents.enterPaper',
  method: 'POST',
  path: '/api/paper-letters',
  access: 'letter.manage',
  scoped: true,
  summary: '补登起始号之前在纸上用掉的号',
  body: paperLetter,
  output: letterStanding,
});
