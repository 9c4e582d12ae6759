import { z } from 'zod';
import { day, list, oneOf, parts, truth, whole } from '../kit/definition.shape.ts';
import { letterFigures } from './figure.shape.ts';

/** The bounds of a letter. They keep the memory and the time of printing small; no letter of an office comes near. */
export const letterBounds = {
  blocks: 2_000,
  characters: 200_000,
  title: 120,
  line: 200,
  rows: 500,
  columns: 12,
} as const;

const line = (longest: number = letterBounds.line) =>
  z.string({ error: '应是文字' }).regex(/\S/, '不能为空').max(longest, `不能超过 ${longest} 个字`);
const paragraph = line(20_000);
const cell = z.string({ error: '应是文字' }).max(2_000, '一个格子不能超过 2000 个字');

const column = parts({ heading: line(), align: oneOf(['left', 'center', 'right']).default('center') });

const table = parts({
  kind: z.literal('table'),
  caption: line().nullable().default(null),
  columns: list(column).min(1, '至少一列').max(letterBounds.columns, `不能超过 ${letterBounds.columns} 列`),
  rows: list(list(cell)).max(letterBounds.rows, `不能超过 ${letterBounds.rows} 行`),
  /** The figure whose rows it shows, in place of its own. */
  from: whole(1, 999).optional(),
}).superRefine(({ columns, rows }, context) => {
  for (const [at, row] of rows.entries()) {
    if (row.length === columns.length) continue;
    context.addIssue({
      code: 'custom',
      path: ['rows', at],
      message: `应有 ${columns.length} 格，现有 ${row.length} 格`,
    });
  }
});

/** Headings are numbered by the program: 一、（一）1.（1）. */
const heading = parts({
  kind: z.literal('heading'),
  level: whole(1, 4, '应是 1 到 4 的整数'),
  text: paragraph,
});

const block = z.discriminatedUnion('kind', [heading, parts({ kind: z.literal('paragraph'), text: paragraph }), table], {
  error: '应是 heading、paragraph、table 之一，写在 kind 里',
});

/**
 * A letter (公文) as data: everything that is printed, and nothing of how. Both writers print the same value.
 * Ordinal and date are null until the letter is issued; then their place stays blank.
 */
export const letterShape = parts({
  /** A certificate (聘书) has no red head, no 版记 and no page number; absent: a letter as GB/T 9704 lays it out. */
  form: oneOf(['certificate']).optional(),
  /** 发文机关标志: what stands in red above, complete, such as 泉州市人民政府教育督导室文件. */
  head: line(60),
  /** 发文字号: 机关代字, year, and the number in the series of the year. */
  number: parts({ code: line(30), year: whole(1949, 2999), ordinal: whole(1, 999_999).nullable().default(null) }),
  /** 标题; the writer may part it into lines himself. */
  title: line(letterBounds.title),
  /** 主送机关, in their order. */
  addressees: list(line()).max(100, '不能超过 100 个').default([]),
  body: list(block).min(1, '正文不能为空').max(letterBounds.blocks, `正文不能超过 ${letterBounds.blocks} 段`),
  /** 附件: names, without numbers. */
  attachments: list(line()).max(50, '不能超过 50 个').default([]),
  /** 发文机关署名. */
  signer: line(60),
  /** 署名 of the unit with which the signer issues it (联合行文); absent: the signer issues it alone. */
  jointSigner: line(60).optional(),
  /** Whether the office's seal is put over signature and date (加盖印章); the place is kept free for it. */
  sealed: truth.default(true),
  /** 成文日期: the day on which it was signed. */
  date: day.nullable().default(null),
  /** 抄送机关. */
  copyTo: list(line()).max(100, '不能超过 100 个').default([]),
  /** 印发机关 and 印发日期; without a day of its own it is the date of the letter. */
  printedBy: line(60),
  printedOn: day.nullable().default(null),
  /** The figures that the text names, each with its source; a letter without any has none. */
  figures: letterFigures.optional(),
}).superRefine((letter, context) => {
  if (JSON.stringify(letter).length <= letterBounds.characters) return;
  const message = `全文不能超过 ${letterBounds.characters} 个字，请把附表另作附件`;
  context.addIssue({ code: 'custom', path: ['body'], message });
});
export type Letter = z.output<typeof letterShape>;
export type LetterTable = z.output<typeof table>;
