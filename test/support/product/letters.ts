import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { type LaidLetter, layOutLetter } from '#domain/letter/laid-letter.ts';
import { type Letter, letterShape } from '#domain/letter/letter.shape.ts';

/** The least that a letter needs; a test writes over it what it is about. */
export const plainLetter = {
  head: '示例市人民政府教育督导室文件',
  number: { code: '示政教督', year: 2026, ordinal: 7 },
  title: '关于开展专项督导的通知',
  addressees: ['各县（市、区）人民政府'],
  body: [{ kind: 'paragraph', text: '现将有关事项通知如下。' }],
  signer: '示例市人民政府教育督导室',
  date: '2026-03-05',
  printedBy: '示例市人民政府教育督导室',
} satisfies Partial<Record<keyof Letter, unknown>>;

/** A letter as the writers get it. */
export function laidLetter(over: Partial<Record<keyof Letter, unknown>> = {}): LaidLetter {
  return layOutLetter(readDefinition(letterShape, { ...plainLetter, ...over }, '公文'));
}

/** Paragraphs of so many lines of 28 characters altogether, in paragraphs of two lines. */
export function bodyOfLines(lines: number): { kind: 'paragraph'; text: string }[] {
  return Array.from({ length: Math.ceil(lines / 2) }, (_, at) => ({
    kind: 'paragraph',
    text: '督'.repeat(at * 2 + 1 === lines ? 20 : 50),
  }));
}

/** A letter with all that a page can hold, over several pages. */
export const wholeLetter = laidLetter({
  title: '关于印发2026年县域义务教育优质均衡发展督导评估意见的通知',
  body: [
    ...bodyOfLines(9),
    { kind: 'heading', level: 1, text: '总体情况' },
    { kind: 'heading', level: 2, text: '基本判断' },
    { kind: 'heading', level: 3, text: '第三级' },
    { kind: 'heading', level: 4, text: '第四级' },
    { kind: 'paragraph', text: '第五级' },
    { kind: 'table', caption: '数据', columns: [{ heading: '县' }, { heading: '系数' }], rows: [['示例县', '0.412']] },
    ...bodyOfLines(20),
  ],
  attachments: ['评估数据表', '名单'],
  copyTo: ['省人民政府教育督导委员会办公室'],
});
