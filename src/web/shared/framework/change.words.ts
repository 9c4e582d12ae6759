import type { IndicatorChange } from '#domain/framework/edition/compare-editions.ts';
import type { Points } from '#domain/framework/edition.ts';
import type { TextPart } from '#domain/framework/lists.ts';
import { pointsText } from '#web/shared/framework/indicator.words.ts';

/** A change as the comparison of editions sends it: what did not change is null or empty. */
interface Change extends Pick<IndicatorChange, 'change'> {
  readonly moved: IndicatorChange['moved'] | null;
  readonly points: IndicatorChange['points'] | null;
  readonly texts: readonly TextPart[];
  readonly scoring: boolean;
}

const partTitles: Readonly<Record<TextPart, string>> = {
  ...{ title: '名称', text: '内容', basis: '依据', evidence: '佐证材料', responsible: '责任单位', unit: '计量单位' },
  ...{ threshold: '标准', note: '说明' },
};

/** The parts of an edition beside its tree, in words. */
export const ruleTitles: Readonly<Record<string, string>> = {
  ...{
    title: '名称',
    authority: '文本',
    completedBy: '补全单位',
    documents: '文件',
    note: '说明',
    subject: '评估对象',
  },
  ...{
    applies: '适用条件',
    attributes: '对象的属性',
    facts: '所问的事实',
    reads: '取数年度',
    notApplicable: '不适用的处理',
  },
  ...{
    max: '满分',
    decimals: '小数位',
    rollUp: '合成',
    bonus: '加分',
    raters: '评分方占比',
    gradeConversion: '等次换算',
  },
  ...{
    gaps: '未见的内容',
    preconditions: '前提',
    vetoes: '否决',
    caps: '限优',
    downgrades: '降档',
    conclusions: '结论',
  },
  ...{ actions: '处理', after: '后续', relaxations: '放宽', flags: '其他约定' },
};

const told = (points: Points) => pointsText(points) ?? '未见';

/** What became of one indicator: `分值 2 分改为 3 分；文字有改（名称、内容）`. */
export function changeText({ change, moved, points, texts, scoring }: Change): string {
  if (change === 'added') return '增加';
  if (change === 'removed') return '减少';
  const said = [
    points && `分值 ${told(points.from)}改为 ${told(points.to)}`,
    texts.length > 0 && `文字有改（${texts.map((part) => partTitles[part]).join('、')}）`,
    scoring && '计分办法有改',
    moved && (moved.from === moved.to ? '次序有改' : `移到 ${moved.to ?? '最上级'} 之下`),
  ];
  return said.filter(Boolean).join('；');
}
