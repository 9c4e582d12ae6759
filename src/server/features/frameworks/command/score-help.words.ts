import { answerKeys } from '#domain/framework/score/answer-check.ts';
import { contextKeys } from './given-context.shape.ts';
import { subjectKeys } from './score-input.shape.ts';

/** What each kind of answer looks like. */
const answerWords: Readonly<Record<(typeof answerKeys)[number], string>> = {
  points: '{"points": 2}　由人给出或已公布的分数，任何计分方法都可以用，不得超过满分',
  value: '{"value": 0.97}　测得的数值（分段、按比例、达标、排名、满意度等）',
  parts: '{"value": 4.2, "parts": {"小学": 4.2}}　有分项标准的指标，各分项的数值',
  level: '{"level": "A"}　等级；等级的分数是一个区间时另写 "points"',
  option: '{"option": "A"}　选项',
  met: '{"met": true}　是否达到',
  series: '{"series": [88, 90, 91, 95]}　逐年数值，由早到晚；缺的年份写 null',
  missing: '{"missing": [1, 3]} 或 {"missing": 3}　缺少的要素的序号，或缺少几项',
  occurrences: '{"occurrences": 2} 或 {"occurrences": {"1": 2}}　发生次数，或按扣分（加分）项的序号写次数',
  notApplicable: '{"notApplicable": true}　不适用于该对象',
  grades: '{"grades": {"优秀": 3, "良好": 1}}　多个评分方各给等次的人数',
};

const lines = (words: Readonly<Record<string, string>>, keys = Object.keys(words)): string[] =>
  keys.map((key) => `  ${key.padEnd(14)}${words[key]}`);

/** The help text behind the options: every key of the file, and every framework that ships with the product. */
export function scoreHelp(frameworks: readonly string[]): string {
  return [
    '',
    'ANSWERS.json 是一个对象；指标按各对象的名次计分、或结论有名额时，是由这样的对象组成的列表：',
    ...lines(subjectKeys),
    '',
    'answers：{"指标编号": 答案, …}，答案的写法：',
    ...lines(answerWords, [...answerKeys]),
    '',
    'facts：{"事实:拖欠教师工资月数": 0, …}，值是数字、文字、true 或 false；评估对象的属性（如 岗位）也写在这里；',
    '  逐年的写成列表，由早到晚，评估年度在最后：[91, 90, 89, 88]；',
    '  精确的比例写 {"of": [2, 3]}；该对象没有的写 {"notApplicable": true}；',
    '  满意度写 "survey.名称.share"（比例，%）、"survey.名称.mean"（均分）、"survey.名称.answers"（有效份数）；',
    '  以前各轮的结果写 "evaluation.指标体系的键.leaf.指标编号.full" 等，供回看几年的规则使用。',
    '',
    'context：',
    ...lines(contextKeys),
    '',
    '输出（--json）：framework、edition、mark（official、official-partial 或 sample）、total、max、',
    '  provisional（没有作答完时为 {from, to, unanswered}）、nodes、conclusions、vetoes、trace；分数是精确小数的文字。',
    '  没有给出的事实按不成立处理，列在 conclusions 的 open 中。',
    '',
    '随产品提供的指标体系：',
    ...frameworks.map((key) => `  ${key}`),
    '也可以给出自编指标体系的 JSON 文件的路径，写法与 reference/frameworks 中的文件相同。',
  ].join('\n');
}
