import { areaWidth, measures } from './measures.ts';
import { widthInCharacters } from './text-width.ts';

/** Ideographs of 2号 in a line. */
const longestLine = Math.floor(areaWidth / measures.titleSize);

/**
 * Words that a line end may not part. They are listed, because a dictionary of the platform would part the same title
 * otherwise after an upgrade, and a letter that is printed again must be equal to the issued one.
 */
const wholeWords =
  /教育督导委员会|教育督导室|教育督导|督导评估|督导检查|责任督学|挂牌督导|义务教育|学前教育|优质均衡|基本均衡|普及普惠|人民政府|委员会|办公室|督导室|教育局|幼儿园|中小学校|中小学|学校|学年|年度|关于|进一步|开展|做好|加强|印发|转发|全市|全县|县域|国家|发展|工作|专项|检查|评估|监测|整改|复查|意见书|通知书|决定书|通知|通报|意见|报告|方案|办法|情况|结果|问题|反馈|规范|管理|安全|质量|建设|实施意见|实施方案|实施|有关|事项|会议|培训|聘任|\d+年?|[A-Za-z0-9.%-]+/g;

/** Signs that begin no line, and the particle that belongs to the word before it. */
const beginsNoLine = /^[，。、；：！？）〕》」』”’·%的和与及等]/;
const endsNoLine = /[（〔《「『“‘]$/;

/**
 * Parts a title into lines: short titles stay in one; longer ones become a ladder (each line longer, or each shorter than
 * the one before) or a diamond, as the standard wants, and no line parts a word or a quoted name where it can be avoided.
 * Line ends that the writer has set himself are kept.
 * @param title without white space at its ends
 */
export function titleLines(title: string): string[] {
  if (title.includes('\n'))
    return title
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const width = widthInCharacters(title);
  if (width <= longestLine) return [title];
  const characters = [...title];
  const barred = barredBreaks(title);
  let best: { readonly cost: number; readonly lines: string[] } | undefined;
  const fewest = Math.ceil(width / longestLine);
  for (let count = fewest; count <= fewest + 1; count += 1) {
    for (const breaks of breaksNear(characters.length, count)) {
      const lines = cut(characters, breaks);
      const cost = costOf(lines) + breaks.filter((at) => barred.has(at)).length * 100 + (count - fewest) * 30;
      if (best === undefined || cost < best.cost) best = { cost, lines };
    }
  }
  return best!.lines;
}

/** Places inside a word or a quoted name. */
function barredBreaks(title: string): Set<number> {
  const barred = new Set<number>();
  for (const pattern of [wholeWords, /《[^《》]{1,16}》/g, /〔[^〔〕]*〕\d*号?/g]) {
    for (const { 0: word, index } of title.matchAll(pattern)) {
      const begin = [...title.slice(0, index)].length;
      for (let at = 1; at < [...word].length; at += 1) barred.add(begin + at);
    }
  }
  return barred;
}

/** How far from an even part a line may end. */
const leeway = 5;

/** All ways to part so many characters into `count` lines that are not far from equal. */
function* breaksNear(length: number, count: number, before: readonly number[] = []): Generator<readonly number[]> {
  const next = before.length + 1;
  if (next === count) {
    yield before;
    return;
  }
  const even = Math.round((length * next) / count);
  for (let at = even - leeway; at <= even + leeway; at += 1) {
    if (at > (before.at(-1) ?? 0) && at < length) yield* breaksNear(length, count, [...before, at]);
  }
}

function cut(characters: readonly string[], breaks: readonly number[]): string[] {
  return [0, ...breaks].map((from, at) => characters.slice(from, breaks[at]).join(''));
}

function costOf(lines: readonly string[]): number {
  const widths = lines.map(widthInCharacters);
  let cost = isShapely(widths) ? 0 : 40;
  for (const [at, line] of lines.entries()) {
    if (widths[at]! > longestLine) cost += 10_000;
    if (at > 0 && beginsNoLine.test(line)) cost += 200;
    if (at < lines.length - 1 && endsNoLine.test(line)) cost += 200;
  }
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  return cost + widths.reduce((sum, width) => sum + (width - mean) ** 2, 0) / widths.length;
}

/** A ladder in either direction, or a diamond; neither a rectangle nor an hourglass. */
function isShapely(widths: readonly number[]): boolean {
  const steps = widths.slice(1).map((width, at) => Math.sign(width - widths[at]!));
  if (steps.includes(0)) return false;
  const turn = steps.indexOf(-1);
  return turn < 0 || steps.slice(turn).every((step) => step < 0);
}
