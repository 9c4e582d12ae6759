import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Document, Footer, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { layOutLetter } from '#domain/letter/laid-letter.ts';
import { letterShape } from '#domain/letter/letter.shape.ts';
import { openLetterPress } from '#platform/documents/letter/letter-press.ts';
import { writeWordLetter } from '#platform/documents/letter/word-letter.ts';
import { productRoot } from '../src/server/app/root.ts';
import { fromPairs, median, type Pair, type Result } from './result.ts';

/** Letters in one round: a single one takes too little time to be measured. */
const inRound = 10;

/**
 * Measures how long the example letter takes as a Word file, beside the bare library that writes the same words, and how long it takes as PDF in a press that has begun.
 * @param rounds pairs of alternating rounds
 */
export async function measureLetter(rounds = 7): Promise<Result[]> {
  const file = path.join(productRoot, 'reference', 'examples', 'letter.json');
  const letter = layOutLetter(readDefinition(letterShape, JSON.parse(readFileSync(file, 'utf8')), '公文'));
  const paragraph = (text: string) =>
    new Paragraph({
      spacing: { line: 579, lineRule: 'exact' },
      indent: { firstLine: 632 },
      children: [new TextRun({ text, font: '仿宋', size: 32 })],
    });
  /** The same words in as many paragraphs, cells and footers, without a place for any of them. */
  const bare = () => {
    const { signature, imprint } = letter;
    const row = (cells: readonly string[]) =>
      new TableRow({ children: cells.map((text) => new TableCell({ children: [paragraph(text)] })) });
    const footer = () => new Footer({ children: [paragraph('1')] });
    const children = [
      ...[...letter.mark.lines, letter.number, ...letter.title, letter.addressees ?? ''].map(paragraph),
      ...letter.body.flatMap((block) =>
        block.kind === 'table'
          ? [
              paragraph(block.caption ?? ''),
              new Table({ rows: [row(block.columns.map(({ heading }) => heading)), ...block.rows.map(row)] }),
            ]
          : [paragraph(block.text)],
      ),
      ...[...letter.attachments.map(({ name }) => name), signature.signer, signature.date].map(paragraph),
      new Table({ rows: [row([imprint.copyTo ?? '']), row([`${imprint.printedBy}${imprint.printedOn}`])] }),
    ];
    return Packer.toBuffer(
      new Document({
        evenAndOddHeaderAndFooters: true,
        sections: [{ footers: { default: footer(), even: footer() }, children }],
      }),
    );
  };
  const ours = () => writeWordLetter(letter);
  const press = openLetterPress({ fontsDir: null });
  try {
    await ours();
    await bare();
    await press.print(letter, 'pdf');
    const pairs: Pair[] = [];
    const printing: number[] = [];
    /** Ratios of processor time: what else the machine does weighs little on them. */
    const worked: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [own, other] = [await timeOf(ours), await timeOf(bare)];
      pairs.push({ ours: own.wall, limit: other.wall });
      worked.push(own.worked / other.worked);
      printing.push((await timeOf(() => press.print(letter, 'pdf'))).wall);
    }
    const about = 'a letter of three pages as a Word file, beside the bare library writing its words';
    return [
      fromPairs({ name: 'letter', what: about, goal: 1.2, more: false, unit: 'ms' }, pairs, {
        'processor time, ratio': median(worked),
        'PDF, ms': Math.min(...printing),
      }),
    ];
  } finally {
    press.close();
  }
}

/** Milliseconds of one of several in a row, by the clock and of the processor. */
async function timeOf(act: () => Promise<unknown>): Promise<{ readonly wall: number; readonly worked: number }> {
  const began = performance.now();
  const before = process.cpuUsage();
  for (let at = 0; at < inRound; at += 1) await act();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - began) / inRound, worked: (user + system) / 1000 / inRound };
}
