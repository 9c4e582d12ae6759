import type { Context } from '#domain/framework/answer.ts';
import { type InputIssue, isFields, unknownKeys } from './input-fields.shape.ts';

/** The circumstances that an evaluation may be given, with what each must be; the help text names them. */
export const contextKeys = {
  occasion: '"first" 首次申报 或 "again" 重新申报、复评',
  class: '评估对象的类别，如 "一类"',
  chosen: '这次到校选查的分支或指标的编号，如 ["A1", "A3"]（每次只选查一部分的指标体系）',
  tenureMonths: '任职月数',
  servedMonths: '履职月数',
  urgent: '有危急情形：true 或 false',
  beyondSchool: '超出学校职责：true 或 false',
  repeatedNo: '同一条目连续判否的次数',
  inQuota: '在名额以内：true 或 false（列表中由程序按名额计算）',
  layers: '各层评分，如 {"self": {"total": 95}, "city": {"total": 88, "grade": "良好"}}',
  evaluations:
    '其他评估的结果，按指标体系的键，最近一次在前，如 {"county-inspection-sample": [{"grade": "优秀", "rate": 0.93}]}',
  on: '评估日期，如 "2026-11-30"（判断过渡期放宽是否到期）',
} as const satisfies Partial<Record<keyof Context, string>>;

type Check = (value: unknown, path: string) => InputIssue[];

const days = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const one =
  (accepts: (value: unknown) => boolean, what: string): Check =>
  (value, path) =>
    accepts(value) ? [] : [{ path, message: `应是${what}` }];
const count = one((value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0, '不小于 0 的整数');
const figure = one((value) => typeof value === 'number' && Number.isFinite(value), '数字');
const truth = one((value) => typeof value === 'boolean', ' true 或 false');
const word = one((value) => typeof value === 'string' && value.trim() !== '', '不为空的文字');

const checks: Readonly<Record<keyof typeof contextKeys, Check>> = {
  occasion: one((value) => value === 'first' || value === 'again', ' "first" 或 "again"'),
  class: word,
  chosen: one(
    (value) => Array.isArray(value) && value.every((code) => typeof code === 'string'),
    '由指标编号组成的列表',
  ),
  tenureMonths: count,
  servedMonths: count,
  urgent: truth,
  beyondSchool: truth,
  repeatedNo: count,
  inQuota: truth,
  layers: each((layer, path) => fields(layer, { total: figure, grade: word }, path)),
  evaluations: each((rounds, path) =>
    Array.isArray(rounds)
      ? rounds.flatMap((round, at) => fields(round, { grade: word, rate: figure, total: figure }, `${path}[${at}]`))
      : [{ path, message: '应是一个列表，最近一次在前' }],
  ),
  on: one((value) => typeof value === 'string' && days.test(value), ' "2026-11-30" 这样的日期'),
};

/** What is wrong with the circumstances of a subject: every unknown key by its name, every value of another kind. */
export function contextIssues(given: unknown, path: string): InputIssue[] {
  return given === undefined ? [] : fields(given, checks, path);
}

function fields(value: unknown, parts: Readonly<Record<string, Check>>, path: string): InputIssue[] {
  if (!isFields(value)) return [{ path, message: '应是一个对象' }];
  return [
    ...unknownKeys(value, Object.keys(parts), path),
    ...Object.entries(value).flatMap(([key, part]) => parts[key]?.(part, `${path}.${key}`) ?? []),
  ];
}

function each(check: Check): Check {
  return (value, path) =>
    isFields(value)
      ? Object.entries(value).flatMap(([key, part]) => check(part, `${path}.${key}`))
      : [{ path, message: '应是一个对象' }];
}
