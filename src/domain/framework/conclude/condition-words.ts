import type { Exact } from '../../kit/decimal.ts';
import { compareWords } from '../lists.ts';
import { exactText } from '../score/exact-text.ts';
import { nodesOf } from './condition-names.ts';
import type { ConditionNode, Quantity, RuleKind, Wording } from './condition-syntax.ts';

const signs = { '+': '＋', '-': '－', '*': '×', '/': '÷' } as const;
const ruleWords: Readonly<Record<RuleKind, string>> = { veto: '否决', cap: '限优', downgrade: '降档' };
const optionWords: Readonly<Record<string, string>> = { yes: '是', part: '部分', no: '否' };
const layerWords: Readonly<Record<string, string>> = { self: '自评', county: '县级', city: '市级', province: '省级' };
const plainNumbers = {
  total: '总分',
  base: '不含加分的基本分',
  bonus: '加分',
  failedMust: '未达到的必达项',
  mustRate: '必达项最低得分率',
  mustNo: '判否的必达项',
  targetsMissing: '未填目标值的指标',
  tenureMonths: '任职月数',
  servedMonths: '履职月数',
  repeatedNo: '连续判否次数',
} as const;
const plainTruths = {
  first: '首次申报',
  again: '重新申报或复评',
  urgent: '有危急情形',
  beyondSchool: '超出学校职责',
  inQuota: '在名额以内',
  precondition: '前提成立',
} as const;

/** The name of a layer on the screen: 自评, 县级, 市级, 省级, or the word of the edition. */
export function layerWord(layer: string): string {
  return layerWords[layer] ?? layer;
}

/** A condition as people read it: `总分达到 90`, `没有限优`, `C20 未得满分`. */
export function conditionWords(node: ConditionNode): string {
  switch (node.kind) {
    case 'either':
      return node.parts.map(part).join(' 或 ');
    case 'both':
      return node.parts.map(part).join(' 且 ');
    case 'not':
      return notWords(node.part);
    case 'compare':
      return comparisonWords(node);
    case 'wording':
      return `${wordingWords(node.left)}${node.equal ? '为' : '不为'}“${optionWords[node.words] ?? node.words}”`;
    case 'anyRule':
      return `有${ruleWords[node.rules]}`;
    case 'anyOption':
      return `${node.under === null ? '' : `${node.under.join('、')} 中`}有${node.of === 'must' ? '必达项' : '条目'}判为“${optionWords[node.option] ?? node.option}”`;
    case 'verdict':
      return `${node.code} 达到要求`;
    case 'trend':
      return `${node.formula.source} 连续 ${node.years} 年${node.direction === 'down' ? '下降' : '上升'}`;
    case 'formula':
      return node.formula.source;
    case 'anyMember':
      return `任一下属单位：${node.formula.source}`;
    case 'anyPeer':
      return `同轮${node.alike === null ? '' : `同一${node.alike}`}任一对象：${conditionWords(node.part)}`;
    default:
      return plainTruths[node.kind];
  }
}

function part(node: ConditionNode): string {
  return node.kind === 'either' || node.kind === 'both' ? `（${conditionWords(node)}）` : conditionWords(node);
}

function notWords(node: ConditionNode): string {
  if (node.kind === 'anyRule') return `没有${ruleWords[node.rules]}`;
  if (node.kind === 'anyOption') return conditionWords(node).replace('有', '没有');
  if (node.kind === 'precondition') return '前提不成立';
  return `非（${conditionWords(node)}）`;
}

function comparisonWords({ first, steps }: ConditionNode & { kind: 'compare' }): string {
  const [only, more] = steps;
  if (only?.right.kind === 'full' && first.kind === 'leaf' && !more) {
    return `${first.code} ${only.operator === '<' ? '未得满分' : `${compareWords[only.operator]}满分`}`;
  }
  return steps.reduce(
    (words, { operator, right }) =>
      `${words}${/[\w)]$/.test(words) ? ' ' : ''}${compareWords[operator]} ${quantityWords(right)}`,
    quantityWords(first),
  );
}

/** A number that a condition asks for, as people read it. */
export function quantityWords(asked: Quantity): string {
  switch (asked.kind) {
    case 'number':
      return plainNumber(asked.value);
    case 'leaf':
      return `${asked.code} 得分`;
    case 'full':
      return `${asked.code} 满分`;
    case 'rate':
      return `${asked.code} 得分率`;
    case 'minRate':
      return `${['一', '二', '三', '四', '五', '六', '七', '八', '九'][asked.level - 1]}级指标最低得分率`;
    case 'options':
      return `判为“${optionWords[asked.option]}”的条目数`;
    case 'count':
      return `${asked.under === null ? '' : `${asked.under} 中`}“${asked.grade}”的项数`;
    case 'layer':
      return `${layerWord(asked.layer)}得分`;
    case 'survey':
      return `${asked.survey}${asked.measure === 'share' ? '满意比例' : '均分'}`;
    case 'evaluation':
      return `评估 ${asked.key} 的${asked.measure === 'rate' ? '得分率' : '总分'}`;
    case 'consecutive':
      return `连续“${asked.grade}”的年数`;
    case 'formula':
      return asked.formula.source;
    case 'negate':
      return `－${quantityWords(asked.operand)}`;
    case 'arithmetic':
      return `${quantityWords(asked.left)} ${signs[asked.operator]} ${quantityWords(asked.right)}`;
    default:
      return plainNumbers[asked.kind];
  }
}

function plainNumber(value: Exact): string {
  return exactText(value, 4);
}

function wordingWords(left: Wording): string {
  switch (left.kind) {
    case 'option':
      return `${left.code} 的选项`;
    case 'grade':
      return `${left.code} 的等次`;
    case 'layerGrade':
      return `${layerWord(left.layer)}结论`;
    case 'evaluationGrade':
      return `评估 ${left.key} 的结论`;
    case 'class':
      return '类别';
    case 'conclusion':
      return '结论';
  }
}

/** Which totals a condition compares: a row of a table then says the figure that decided. */
export function comparedTotal(node: ConditionNode): 'total' | 'base' | null {
  if (node.kind === 'either' || node.kind === 'both') {
    return node.parts.map(comparedTotal).find((found) => found !== null) ?? null;
  }
  if (node.kind === 'not') return comparedTotal(node.part);
  if (node.kind !== 'compare') return null;
  const asked = [node.first, ...node.steps.map(({ right }) => right)];
  return asked.some(({ kind }) => kind === 'base')
    ? 'base'
    : asked.some(({ kind }) => kind === 'total')
      ? 'total'
      : null;
}

/** True where a condition holds a trend, which looks back by itself. */
export function looksBack(node: ConditionNode): boolean {
  return nodesOf(node).some(({ kind }) => kind === 'trend');
}
