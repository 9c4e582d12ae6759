import { bareNames, figureText } from '#web/shared/framework/indicator.words.ts';
import type { Leaf } from '../evaluation-reply.ts';

type TraceStep = Leaf['trace'][number];

/** `甲 = 0 或 乙 = 0：最高得 1 分（两类会议中有一类为零的，最高得 1 分）`: a condition in formula language, and the same in words. */
const saidTwice = /^[^：]*[=<>≤≥＝＜＞][^：]*：.*（(?<words>[^（）]{4,})）$/u;

/** A step as people say it: where the document's own words stand behind a formula, those alone. */
export function plainStep({ words, value }: TraceStep): string {
  const said = bareNames(words);
  const plain = saidTwice.exec(said)?.groups?.words ?? said;
  return value === null ? plain : `${plain}：${figureText(value)}`;
}

/** The steps that say more than the table of figures above them: that a figure is missing stands there already. */
export function traceLines(trace: readonly TraceStep[], isLacking: boolean): string[] {
  const lines = trace.map(plainStep);
  return isLacking && lines.length === 1 && lines[0]!.startsWith('未定') ? [] : lines;
}
