import { halfWidth } from '#domain/kit/half-width.ts';
import { taskParts } from './tasks.ts';
import { writtenText } from './written-text.ts';

/** Why a part of a pasted text is no item of the plan. */
export const leftOutTitles = {
  agency: '发文机关',
  number: '文号',
  title: '标题',
  addressee: '主送机关',
  introduction: '导语',
  signature: '署名',
  date: '成文日期',
  publicity: '公开属性',
  attachment: '附件、抄送',
  blank: '空行',
} as const;
export type LeftOut = keyof typeof leftOutTitles;

/** A part of a pasted text, in its order. The texts of all pieces joined are the pasted text, to the character. */
export interface Piece {
  readonly kind: 'left-out' | 'heading' | 'number' | 'task';
  readonly text: string;
  /** Of what is left out: what it is. */
  readonly leftOut?: LeftOut;
  /** Of a number: the number of the point, such as `4` or `4（1）`. */
  readonly number?: string;
}

/** 一、 at the beginning of a line. */
const headingMark = /^\s*[一二三四五六七八九十]{1,3}[、．.]\s*/;
/** `1.` `1．` `1、` `（1）` `（一）` at the beginning of a line, in half or full width. */
const pointMark =
  /^\s*(?:([0-9０-９]{1,3})\s*[.．、](?![0-9０-９])|[（(]\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*[）)])\s*/;
const sentenceEnd = /[。；;：:！!]["”’）)]?\s*$/;
/** A line that goes on with a heading is short and no sentence. */
const longestHeadingRest = 30;
/** A heading on one line with the text below it ends at its full stop, where as much text follows. */
const shortestText = 15;

interface Block {
  readonly kind: 'front' | 'heading' | 'point';
  /** The number as it is written, with the blanks around it. */
  mark: string;
  body: string;
  readonly number: string | null;
}

/**
 * Divides a pasted plan into its pieces. Headings begin with 一、; points with a number that follows the one before, also
 * across headings. A line that begins with a number out of turn begins a point only where the line before ended a
 * sentence, because a number may also come to stand there by a line break. What stands before the first heading or point,
 * and signature, date and the like behind the last, is left out with a word.
 */
export function piecesOf(text: string): Piece[] {
  const blocks = blocksOf(text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
  const tail = takeTail(blocks);
  const pieces = blocks.flatMap(({ kind, mark, body, number }): Piece[] => {
    if (kind === 'front') return leftOutLines(body, false);
    if (kind === 'heading') return withText([{ kind: 'heading', text: mark + body }]);
    const tasks = taskParts(body).map((part): Piece => ({ kind: 'task', text: part }));
    return withText([
      ...(mark === '' || number === null ? [] : [{ kind: 'number' as const, text: mark, number }]),
      ...tasks,
    ]);
  });
  return [...pieces, ...leftOutLines(tail, true)];
}

const withText = (pieces: readonly Piece[]) => pieces.filter(({ text }) => text !== '');

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [{ kind: 'front', mark: '', body: '', number: null }];
  const turn = { plain: 0, bracket: 0, outer: null as string | null };
  let before = '';
  for (const line of lines) {
    const last = blocks.at(-1)!;
    const heading = headingMark.exec(line);
    const point = pointMark.exec(line);
    const number = point ? numberInTurn(point, turn, last.kind === 'heading' || endsSentence(before)) : null;
    if (heading) {
      turn.bracket = 0;
      turn.outer = null;
      addHeading(blocks, heading[0], line.slice(heading[0].length));
    } else if (point && number !== null) {
      blocks.push({ kind: 'point', mark: point[0], body: line.slice(point[0].length), number });
    } else if (last.kind === 'heading' && line.trim() !== '' && !goesOnWithHeading(line)) {
      blocks.push({ kind: 'point', mark: '', body: line, number: null });
    } else {
      last.body += line;
    }
    if (line.trim() !== '') before = line;
  }
  return blocks;
}

const endsSentence = (line: string) => line.trim() === '' || sentenceEnd.test(line);

const goesOnWithHeading = (line: string) => line.trim().length <= longestHeadingRest && !/[。；;]/.test(line);

function addHeading(blocks: Block[], mark: string, rest: string): void {
  const stop = rest.indexOf('。');
  const below = stop < 0 ? '' : rest.slice(stop + 1);
  const cut = below.trim().length >= shortestText ? stop + 1 : rest.length;
  blocks.push({ kind: 'heading', mark, body: rest.slice(0, cut), number: null });
  if (cut < rest.length) blocks.push({ kind: 'point', mark: '', body: rest.slice(cut), number: null });
}

/** The number of the point that begins here; null where the number stands there by chance. */
function numberInTurn(
  [, plain, bracket]: RegExpExecArray,
  turn: { plain: number; bracket: number; outer: string | null },
  afterSentence: boolean,
): string | null {
  if (plain !== undefined) {
    const number = Number(halfWidth(plain));
    const fits = number === turn.plain + 1 || number === 1;
    if (!fits && !afterSentence) return null;
    turn.plain = number;
    turn.bracket = 0;
    turn.outer = String(number);
    return turn.outer;
  }
  const inside = halfWidth(bracket ?? '');
  const number = /^\d/.test(inside) ? Number(inside) : chineseNumber(inside);
  const fits = number === turn.bracket + 1 || number === 1;
  if (!fits || !afterSentence) return null;
  turn.bracket = number;
  return `${turn.outer ?? ''}（${inside}）`;
}

/** 一 to 九十九. */
function chineseNumber(text: string): number {
  const digit = (sign: string | undefined) => (sign ? '一二三四五六七八九'.indexOf(sign) + 1 : 0);
  const [tens = '', ones] = text.split('十');
  if (!text.includes('十')) return digit(text);
  return (tens === '' ? 1 : digit(tens)) * 10 + digit(ones);
}

/** What stands behind the last point and is none of it: taken off the last block, from the end line by line. */
function takeTail(blocks: readonly Block[]): string {
  const last = blocks.at(-1)!;
  if (last.kind === 'front') return '';
  const lines = last.body.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let kept = lines.length;
  let dated = false;
  while (kept > 0) {
    const line = lines[kept - 1]!.trim();
    const isDate = dateLine.test(line);
    const isSignature = dated && line.length <= 40 && !/[。；;，,]/.test(line) && kept > 1;
    if (line !== '' && !isDate && !isSignature && !publicityLine.test(line) && !attachmentLine.test(line)) break;
    dated ||= isDate;
    kept -= 1;
  }
  // The first line carries the number, and blank lines behind the text belong to it where nothing follows them.
  const tail = lines.slice(Math.max(kept, 1));
  if (tail.every((line) => line.trim() === '')) return '';
  last.body = lines.slice(0, Math.max(kept, 1)).join('');
  return tail.join('');
}

const documentNumber = /[〔[【(（]\s*(\d{4})\s*[〕\]】)）]\s*\d{1,4}\s*号/;
const dateLine =
  /^\s*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*$/;
const publicityLine = /^\s*[(（]?\s*(?:此件)?(?:主动公开|依申请公开|不予公开|公开发布)\s*[)）]?\s*$/;
const attachmentLine = /^\s*(?:附件|抄送|印发)[：:]/;

/** Lines that are left out, each with its word; lines of one kind that follow each other are one piece. */
function leftOutLines(text: string, isTail: boolean): Piece[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const pieces: { kind: 'left-out'; text: string; leftOut: LeftOut }[] = [];
  let addressed = false;
  for (const line of lines) {
    const last = pieces.at(-1);
    const leftOut = line.trim() === '' ? (last?.leftOut ?? 'blank') : wordOf(line, isTail, addressed, last);
    if (leftOut === 'addressee') addressed = true;
    if (last && (last.leftOut === leftOut || last.leftOut === 'blank')) {
      last.text += line;
      last.leftOut = leftOut;
    } else pieces.push({ kind: 'left-out', text: line, leftOut });
  }
  return pieces;
}

function wordOf(
  line: string,
  isTail: boolean,
  addressed: boolean,
  last: { text: string; leftOut: LeftOut } | undefined,
): LeftOut {
  const text = line.trim();
  if (dateLine.test(text)) return 'date';
  if (publicityLine.test(text)) return 'publicity';
  if (attachmentLine.test(text)) return 'attachment';
  if (isTail) return 'signature';
  const short = text.length <= 60 && !/[。；;]/.test(text);
  if (short && documentNumber.test(text) && text.length <= 30) return 'number';
  // A line break inside a sentence does not make the rest of the sentence anything else.
  if (last && (last.leftOut === 'introduction' || last.leftOut === 'addressee') && !endsSentence(last.text))
    return last.leftOut;
  if (/[：:]$/.test(text)) return 'addressee';
  if (short && isTitle(text)) return 'title';
  if (short && /^[各县].*[，、]/.test(text)) return 'addressee';
  if (short && text.length <= 40 && !/[，,]/.test(text)) return addressed ? 'signature' : 'agency';
  return 'introduction';
}

const isTitle = (text: string) => /(?:工作要点|工作计划|计划|要点|方案|通知)(?:》)?$/.test(text.replaceAll(/\s/g, ''));

/** Title, number of the document and year, as far as the pieces before the plan say them. */
export function headOf(pieces: readonly Piece[]): {
  title: string | null;
  documentNumber: string | null;
  year: number | null;
} {
  const said = (word: LeftOut) => pieces.filter(({ leftOut }) => leftOut === word).map(({ text }) => text);
  const titles = said('title')
    .flatMap((text) => text.split('\n'))
    .map(writtenText)
    .filter((text) => text !== '');
  const title =
    titles.findLast((text) => !text.endsWith('通知')) ??
    titles
      .at(-1)
      ?.replace(/^.*关于印发《?/, '')
      .replace(/》?的通知$/, '') ??
    null;
  const number = said('number').map(writtenText).at(0) ?? null;
  const year =
    /(\d{4})年/.exec(title ?? '')?.[1] ??
    documentNumber.exec(number ?? '')?.[1] ??
    /(\d{4})/.exec(said('date').join(''))?.[1];
  return { title, documentNumber: number, year: year === undefined ? null : Number(year) };
}
