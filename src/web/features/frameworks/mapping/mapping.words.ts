import type { mappingGrounds, readMapping, scoreFits } from '#contract/frameworks/mappings.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { Points } from '#domain/framework/edition.ts';
import { openNameText, pointsText } from '#web/shared/framework/indicator.words.ts';

type Carries = NonNullable<RouteOutput<typeof readMapping>['rows'][number]['carries']>;

export const groundTitles: Readonly<Record<(typeof mappingGrounds)[number], string>> = {
  decided: '已写定',
  code: '建议：编号',
  title: '建议：名称',
  text: '建议：文字',
};

const scale = (points: Points) => pointsText(points) ?? '分值未见';

/** What becomes of a score: only one of the same scale and method may be carried. */
export const scoreTexts: Readonly<Record<(typeof scoreFits)[number], (from: Points, to: Points) => string>> = {
  same: (_, to) => `得分同为 ${scale(to)}，可以沿用`,
  otherScale: (from, to) => `得分 ${scale(from)} → ${scale(to)}，只显示，不沿用`,
  otherMethod: () => '计分方法不同，得分只显示，不沿用',
  noScore: () => '没有可以沿用的得分',
};

/** `佐证材料、答案；共用事实 2 项：…` */
export function carriedText({ evidence, answer, facts }: Carries): string {
  const parts = [evidence ? '佐证材料' : '', answer ? '答案' : ''].filter(Boolean).join('、');
  const shared = facts.length === 0 ? '' : `共用事实 ${facts.map(openNameText).join('、')}`;
  return [parts, shared].filter(Boolean).join('；');
}
