import type { tryDraft } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';

export type Earlier = NonNullable<RouteOutput<typeof tryDraft>['earlier']>;
export type ComparedLeaf = Earlier['leaves'][number];
type Way = ComparedLeaf['city']['way'];

/** How a leaf came by what it has. */
export const wayWords: Readonly<Record<Way, string>> = {
  points: '沿用得分',
  answer: '按原答案重新计分',
  facts: '没有沿用，由系统取数',
  otherScale: '分值不同，没有沿用',
  otherMethod: '计分办法不同，没有沿用',
  nothingSaid: '上一轮没有答案',
  unmatched: '没有对应的指标',
};

/** A total or the ends between which it lies, of a full mark: `86.3 / 100 分`, `40 至 90 分`. */
export function totalText({ total, from, to }: Earlier['city']['now'], max: number | null): string {
  if (total !== null) return max === null ? `${figureText(total)} 分` : `${figureText(total)} / ${max} 分`;
  if (from === null) return max === null ? '没有总分' : '未定';
  return to === null ? `${figureText(from)} 分以上` : `${figureText(from)} 至 ${figureText(to)} 分（还有未定的项）`;
}

/** A leaf before and now: `4 / 5 → 8 / 10`. */
export function leafText({ before, now, state }: ComparedLeaf['city'], max: ComparedLeaf['max']): string {
  const of = (points: string | null, most: string | null, none: string) =>
    points === null ? none : most === null ? figureText(points) : `${figureText(points)} / ${figureText(most)}`;
  const without = state === 'notApplicable' ? '不适用' : state === 'scored' ? '不计分' : '未定';
  return `${of(before, max.before, '—')} → ${of(now, max.now, without)}`;
}

/** Whether nothing of the earlier round counts at a leaf in either layer. */
export const isDropped = ({ self, city }: ComparedLeaf): boolean =>
  [self, city].every(({ way }) => way !== 'points' && way !== 'answer');

/** An earlier leaf of which nothing is left: `C7 校园文化：自评 3，市级评分 2.5（满分 4）`. */
export function leftText({ code, title, max, self, city }: Earlier['left'][number]): string {
  const points = (one: string | null) => (one === null ? '没有得分' : figureText(one));
  const most = max === null ? '' : `（满分 ${figureText(max)}）`;
  return `${code} ${title ?? '名称未见'}：自评 ${points(self)}，市级评分 ${points(city)}${most}`;
}
