import type { cellFields, wholeFields } from '#contract/frameworks/frameworks.ts';
import { unknowableText } from '#domain/evaluation/campaign/unknowable.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { evaluationKinds } from '#domain/evaluation/lists.ts';
import { authorityTitles } from '#domain/framework/edition/edition-mark.ts';
import type { Authority, Edition, Subject } from '#domain/framework/edition.ts';
import type { FactKind } from '#domain/framework/names.ts';

export const subjectTitles: Readonly<Record<Subject, string>> = {
  county: '县（市、区）',
  school: '学校、幼儿园',
  'post-holder': '党政主要领导干部',
  person: '个人',
  city: '设区市',
  town: '乡镇（街道）',
};

/** Who rates (三府教督办〔2021〕28号), by the words that editions write: the screen has Chinese alone. */
export const raterWords: Readonly<Record<string, string>> = {
  self: '自评',
  schools: '学校',
  sections: '科室',
  office: '督导室',
};

/** `self+office` as the screen says it: `自评、督导室`. */
export const ratersText = (raters: string): string =>
  raters
    .split('+')
    .map((one) => raterWords[one] ?? one)
    .join('、');

export const factKindTitles: Readonly<Record<FactKind, string>> = {
  asked: '需填报的事实',
  balance: '均衡测算结果',
  duty: '督学履职记录',
  filing: '数据填报',
  attribute: '评估对象自身',
};

export const cellTitles: Readonly<Record<(typeof cellFields | typeof wholeFields)[number], string>> = {
  title: '名称',
  points: '分值',
  weight: '权重',
  text: '内容',
  evidence: '佐证材料',
  responsible: '责任单位',
  unit: '计量单位',
  basis: '政策依据',
  threshold: '达标标准',
  note: '备注',
  formula: '公式',
  applies: '适用条件',
  method: '计分方法',
  must: '必达条件',
  rollUp: '合成方式',
  adjust: '调整',
  generatedFrom: '由上轮问题生成',
  photos: '照片张数',
  edition: '版本',
  subject: '评估对象',
  notApplicable: '不适用的处理',
  decimals: '小数位数',
  bonus: '加分',
  documents: '依据的文件',
  preconditions: '前提',
  vetoes: '否决',
  caps: '限优',
  downgrades: '降档',
  conclusions: '结论',
  actions: '处理',
  attributes: '对象的属性',
  facts: '自有的事实',
  reads: '取数的年份',
  raters: '评分主体的权重',
  gradeConversion: '等次折算的分数',
  relaxations: '放宽',
  flags: '特别约定',
};

export const notApplicableWords: Readonly<Record<Edition['notApplicable'], string>> = {
  rebase: '不适用的项目不计入满分，其余折算',
  full: '不适用的项目计满分',
  zero: '不适用的项目计零分',
};

/** How far an edition carries, in one sentence for its band and its print. */
export function authoritySentence(
  edition: Pick<Edition, 'authority' | 'completedBy'>,
  open: number,
  documents: string,
): string {
  const named = documents === '' ? '' : `：${documents}`;
  if (edition.authority === 'official') return `${authorityTitles.official}${named}。`;
  if (edition.authority === 'official-partial') {
    const rest = open > 0 ? `有 ${open} 处分值、权重或内容未见，补全以前不能用于评估。` : '所见的部分可用于评估。';
    return `${authorityTitles['official-partial']}${named}。${rest}`;
  }
  const whose = edition.completedBy ? `由${edition.completedBy}补全；` : '';
  const rest = open > 0 ? `还有 ${open} 处待补全。` : '';
  return `${authorityTitles.sample}。${whose}分值、分数线和所引文号可能与正式文件不同，使用前须核对。${rest}`;
}

/** An edition and how far it carries, in one line for pages that show several. */
export function editionSentence(row: {
  readonly title: string;
  readonly edition: string;
  readonly authority: Authority;
  readonly completedBy: string | null;
  readonly open: number;
  readonly documents: string;
}): string {
  const { title, edition, authority, completedBy, open, documents } = row;
  const whose = completedBy === null ? {} : { completedBy };
  return `${title}（${edition}）　${authoritySentence({ authority, ...whose }, open, documents)}`;
}

/**
 * Why no campaign can take an edition, as a sentence for its editor; null where one can.
 * @param unknowable what it asks and no campaign knows, in words (`unknowableIn`)
 */
export function noCampaignText(subject: Subject, unknowable: readonly string[]): string | null {
  const subjects = [...new Set(evaluationKinds.map((kind) => kindOf(kind).subject))];
  const only = '发布后只能查阅和试算';
  if (!subjects.some((one) => one === subject)) {
    const taken = subjects.map((one) => subjectTitles[one]).join('和');
    return `不能用于评估项目：评估项目的对象是${taken}，本体系的对象是${subjectTitles[subject]}。${only}。`;
  }
  if (unknowable.length === 0) return null;
  return `不能用于评估项目：它${unknowableText(unknowable)}。${only}；要用于评估项目，请先改写这些条件。`;
}

/** What becomes of an indicator that each subject fills with the problems of its last round. */
export const generatedWords =
  '开启评估时，按各对象上一轮督导发现的问题逐条生成下级指标，分值按问题分摊，由评审人员评整改程度；上一轮没有问题的对象不适用本项';
