import { z } from 'zod';
import { openersKeys } from '#domain/file/marked-file.ts';
import { day, done, instant, page } from '../kit/kit.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';
import { listOutput, route } from '../route.ts';

/** A type of subject on which files hang: `filing`. */
const subjectType = z.string().regex(/^[a-z][a-z-]{0,39}$/);

/** Who opens a marked file: all who read its subject, or few. */
const openers = z.enum(openersKeys);

const fileView = z.enum(['picture', 'video', 'audio', 'pdf', 'sheets', 'text']);

/** A file on a subject. Its digest is no key: nothing is opened, attached or found by it. */
export const attachment = z.object({
  id: z.uuid(),
  /** The part of the subject, such as a field; null for the whole. */
  part: z.string().nullable(),
  name: z.string(),
  size: z.number().int(),
  /** What it is, in words. */
  kind: z.string(),
  addedByName: z.string(),
  addedAt: instant,
  /** The number of the receipt for it. */
  receipt: z.string(),
  /** SHA-256 of its content, to compare it with; null for whoever may not open it now. */
  digest: z.string().nullable(),
  /** The day that the evidence is about. */
  aboutDay: day.nullable(),
  note: z.string().nullable(),
  /** Of which kind it is where it is sensitive, and for which purpose it may be opened. */
  sensitive: z.string().nullable(),
  purpose: z.string().nullable(),
  /** The last day on which it may be opened, and who may; null where it is not marked. */
  keepUntil: day.nullable(),
  openers: openers.nullable(),
  /** The day on which its content was removed after that day. */
  removedOn: day.nullable(),
  /** Whether this person may write another last day. */
  mayKeep: z.boolean(),
  /** Whether this person may mark it, or change its mark. */
  mayMark: z.boolean(),
  /** How it is looked at without being saved; null where it is only saved. */
  view: fileView.nullable(),
  /**
   * `open`, or why not: it waits for the scanner, was found infected, is not there any more, is beyond its period (`over`, and
   * `removed` where its content went), or is open to few (`closed`). `unscanned` was too large for the scanner.
   */
  state: z.enum(['open', 'unscanned', 'waiting', 'infected', 'gone', 'over', 'removed', 'closed']),
});

export const list = route({
  name: 'files.list',
  method: 'GET',
  path: '/api/attachments',
  access: 'signed-in',
  summary: '一项事务的附件',
  query: z.object({ subjectType, subjectId: z.uuid() }),
  output: z.object({
    rows: z.array(attachment).max(200),
    /** Whether this person may attach and take off now. */
    mayAttach: z.boolean(),
  }),
});

export const ending = route({
  name: 'files.ending',
  method: 'GET',
  path: '/api/attachments/ending',
  access: 'signed-in',
  summary: '即将清理的涉及未成年人的附件：本人审核的事项，最早的在前',
  query: z.object(page),
  output: listOutput(
    z.object({
      id: z.uuid(),
      name: z.string(),
      subjectType: z.string(),
      subjectId: z.uuid(),
      /** The school, or the unit where it is of none. */
      whose: z.string(),
      purpose: z.string(),
      /** The last day on which it may be opened, and the day on which its content goes. */
      keepUntil: day,
      goneOn: day,
      addedByName: z.string(),
    }),
  ),
});

const words = {
  part: writtenLine(200).nullable().default(null),
  aboutDay: day.nullable().default(null),
  note: writtenText(500)
    .transform((text) => text || null)
    .nullable()
    .default(null),
  sensitive: writtenLine(40).nullable().default(null),
  purpose: writtenLine(200).nullable().default(null),
  keepUntil: day.nullable().default(null),
  openers: openers.nullable().default(null),
};

export const attach = route({
  name: 'files.attach',
  method: 'POST',
  path: '/api/attachments',
  access: 'signed-in',
  keepsRights: true,
  summary: '附上文件：本人传好的文件，或管辖范围内已有的附件',
  body: z
    .object({
      subjectType,
      subjectId: z.uuid(),
      uploadId: z.uuid().optional(),
      attachmentId: z.uuid().optional(),
      ...words,
    })
    .refine(({ uploadId, attachmentId }) => (uploadId === undefined) !== (attachmentId === undefined), {
      message: '请选择一个传好的文件，或一个已有的附件',
    })
    .refine(({ sensitive, purpose }) => sensitive === null || purpose !== null, {
      message: '涉及未成年人的文件须写明用途',
      path: ['purpose'],
    })
    .refine(({ sensitive, keepUntil }) => (sensitive === null) === (keepUntil === null), {
      message: '涉及未成年人的文件须写明保存到哪一天，其他文件不写',
      path: ['keepUntil'],
    })
    .refine(({ sensitive, openers: few }) => (sensitive === null) === (few === null), {
      message: '涉及未成年人的文件须写明谁可以打开，其他文件不写',
      path: ['openers'],
    }),
  output: z.object({ id: z.uuid(), added: z.boolean() }),
  // A leaf counts as proved from the first file of its evidence on.
  touches: ['evaluations'],
});

const params = z.object({ attachmentId: z.uuid() });

export const detach = route({
  name: 'files.detach',
  method: 'POST',
  path: '/api/attachments/:attachmentId/detachment',
  access: 'signed-in',
  keepsRights: true,
  summary: '移除附件',
  params,
  output: done,
});

export const restore = route({
  name: 'files.restore',
  method: 'POST',
  path: '/api/attachments/:attachmentId/restoration',
  access: 'signed-in',
  keepsRights: true,
  summary: '撤销移除附件（一分钟内，本人）',
  params,
  output: done,
});

export const keep = route({
  name: 'files.keep',
  method: 'POST',
  path: '/api/attachments/:attachmentId/period',
  access: 'signed-in',
  keepsRights: true,
  summary: '延长或缩短涉及未成年人的附件的保存期',
  params,
  body: z.object({
    keepUntil: day,
    /** The last day that the person saw. */
    read: day,
    /** Why it is shortened; whoever brought the file reads it. */
    reason: writtenReason(500).optional(),
  }),
  output: done,
});

/** For what a file of minors may be opened, until which day, and by whom. */
const fileMark = z.object({ purpose: writtenLine(200).min(1, '请写明用途'), keepUntil: day, openers });

export const mark = route({
  name: 'files.mark',
  method: 'POST',
  path: '/api/attachments/:attachmentId/mark',
  access: 'signed-in',
  keepsRights: true,
  summary: '标明附件涉及未成年人，或修改用途、缩小可以打开的人员',
  params,
  body: z.object({
    mark: fileMark,
    /** The mark that the person saw; null where there was none. */
    read: fileMark.nullable(),
  }),
  output: done,
});

export const address = route({
  name: 'files.address',
  method: 'POST',
  path: '/api/attachments/:attachmentId/address',
  access: 'signed-in',
  keepsRights: true,
  summary: '取得附件的临时地址，只在本次登录内有效',
  params,
  body: z.object({
    /** To save it, or to draw or play it in the page. */
    mode: z.enum(['save', 'show']),
  }),
  output: z.object({ address: z.string(), until: instant }),
});

/**
 * A run of rows of a sheet, or of paragraphs of a text: what a person needs to know what the file holds. It is no reading: of a
 * marked file it leaves a row of the audit, as every opening does.
 */
export const preview = route({
  name: 'files.preview',
  method: 'POST',
  path: '/api/attachments/:attachmentId/preview',
  access: 'signed-in',
  keepsRights: true,
  summary: '查看 Excel 工作簿的前若干行，或 Word 文档的文字',
  params,
  output: z.object({
    name: z.string(),
    sheets: z
      .array(
        z.object({
          name: z.string(),
          rows: z.array(z.array(z.string()).max(50)).max(200),
          /** Whether the sheet goes on behind what is shown. */
          more: z.boolean(),
        }),
      )
      .max(20),
    blocks: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('heading'), text: z.string() }),
          z.object({ kind: z.literal('paragraph'), text: z.string() }),
          z.object({ kind: z.literal('item'), mark: z.string(), level: z.int().min(0).max(8), text: z.string() }),
          z.object({ kind: z.literal('table'), rows: z.array(z.array(z.string()).max(30)).max(200) }),
        ]),
      )
      .max(1000),
    more: z.boolean(),
  }),
});

/** A file that the person is bringing. */
export const upload = z.object({
  id: z.uuid(),
  name: z.string(),
  size: z.number().int(),
  received: z.number().int(),
  /** `checking`: all bytes are there and are being looked at. */
  state: z.enum(['pending', 'checking', 'whole', 'refused']),
  fault: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
});

export const uploads = route({
  name: 'files.uploads',
  method: 'GET',
  path: '/api/uploads',
  access: 'signed-in',
  summary: '本人正在传和已传好的文件',
  output: z.object({ rows: z.array(upload).max(100) }),
});

export const readUpload = route({
  name: 'files.upload',
  method: 'GET',
  path: '/api/uploads/:uploadId',
  access: 'signed-in',
  summary: '本人一个文件传到哪里、检查结果如何',
  params: z.object({ uploadId: z.uuid() }),
  output: upload,
});
