import type { Answers, Context, Facts } from '#domain/framework/answer.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { readAnswers } from '#domain/framework/score/read-answers.ts';
import { choiceIssues } from '#domain/framework/score/visit-choice.ts';
import { isProblem, problem } from '#domain/kit/problem.ts';
import { contextIssues } from './given-context.shape.ts';
import { readGivenFacts } from './given-facts.shape.ts';
import { type InputIssue, isFields, unknownKeys } from './input-fields.shape.ts';

/** The keys of one subject in ANSWERS.json, each with what it is; the help text names them. */
export const subjectKeys = {
  subject: '评估对象的名称（列表中必须写，且不能重复）',
  answers: '各末级指标的答案，以指标编号为键',
  facts: '各项事实，以名称为键',
  members: '下属单位（一个县的各所学校、一个市的各个县）的事实，每个单位一个对象',
  context: '评估的情形',
  post: '岗位的名称：年内换任的，同一岗位的各任各写一个对象，写明 context.tenureMonths',
  relaxed: 'true：采用指标体系中有期限的放宽规定',
} as const;

/** One subject as it is to be scored. */
export interface GivenSubject {
  readonly subject: string;
  readonly answers: Answers;
  readonly facts: Facts;
  readonly context: Context;
  readonly relaxed: boolean;
  /** The post that this person held, where the holders of a post are scored each. */
  readonly post: string | null;
}

/** What ANSWERS.json holds: one subject, or a list of them. */
export interface ScoreInput {
  readonly isList: boolean;
  readonly subjects: readonly GivenSubject[];
}

/**
 * Reads ANSWERS.json against an edition.
 * @throws Problem `framework.answersInvalid` with every key, leaf, fact and value that cannot be used, by name;
 *   `framework.relativeAlone` for one subject with leaves that are scored by rank
 */
export function readScoreInput(prepared: Prepared, json: unknown): ScoreInput {
  const isList = Array.isArray(json);
  const given: readonly unknown[] = isList ? json : [json];
  const issues: InputIssue[] = isList && given.length === 0 ? [{ path: '文件', message: '列表是空的' }] : [];
  const subjects = given.flatMap((one, at) => readSubject(prepared, one, { isList, at, issues }));
  const names = new Set<string>();
  for (const { subject } of isList ? subjects : []) {
    if (names.has(subject)) issues.push({ path: '文件', message: `评估对象“${subject}”写了两次` });
    names.add(subject);
  }
  issues.push(...yearIssues(subjects));
  const ways = new Set(subjects.map(({ relaxed }) => relaxed));
  if (ways.size > 1) issues.push({ path: '文件', message: '列表中各对象的 relaxed 应当一致' });
  if (issues.length > 0) throw problem('framework.answersInvalid', { issues });
  if (!isList) refuseAlone(prepared, subjects[0]!);
  return { isList, subjects };
}

interface Place {
  readonly isList: boolean;
  readonly at: number;
  readonly issues: InputIssue[];
}

function readSubject(prepared: Prepared, json: unknown, { isList, at, issues }: Place): GivenSubject[] {
  if (!isFields(json)) {
    issues.push({ path: isList ? `[${at}]` : '文件', message: '应是一个对象，或由这样的对象组成的列表' });
    return [];
  }
  const named = typeof json.subject === 'string' && json.subject.trim() !== '';
  const subject = named ? (json.subject as string) : '';
  if ((isList || json.subject !== undefined) && !named) {
    issues.push({ path: isList ? `[${at}].subject` : 'subject', message: '应是评估对象的名称' });
  }
  const path = isList ? `${subject || `[${at}]`}：` : '';
  issues.push(...unknownKeys(json, Object.keys(subjectKeys), `${path}文件`));
  issues.push(...contextIssues(json.context, `${path}context`));
  if (json.relaxed !== undefined && typeof json.relaxed !== 'boolean') {
    issues.push({ path: `${path}relaxed`, message: '应是 true 或 false' });
  }
  if (json.relaxed === true && endsOnce(prepared) && !(isFields(json.context) && json.context.on !== undefined)) {
    issues.push({ path: `${path}context.on`, message: '采用有期限的放宽规定时，要写明评估日期' });
  }
  const { facts, issues: wrong } = readGivenFacts(prepared, { given: json.facts, members: json.members }, path);
  issues.push(...wrong);
  const answers = answersOf(prepared, json.answers, path, issues);
  const context = (isFields(json.context) ? json.context : {}) as Context;
  if (Array.isArray(context.chosen)) {
    issues.push(
      ...choiceIssues(prepared, answers, context).map((issue) => ({ ...issue, path: `${path}${issue.path}` })),
    );
  }
  const post = typeof json.post === 'string' && json.post.trim() !== '' ? json.post : null;
  if (json.post !== undefined) issues.push(...postIssues(prepared, post, context, path));
  return [{ subject, answers, facts, context, relaxed: json.relaxed === true, post }];
}

/** A post is said where its holders are scored each, by the months of each. */
function postIssues({ edition }: Prepared, post: string | null, { tenureMonths }: Context, path: string): InputIssue[] {
  if (edition.flags?.splitByTenure !== true) {
    return [{ path: `${path}post`, message: `“${edition.title}”不按任职月份分段计分` }];
  }
  if (post === null) return [{ path: `${path}post`, message: '应是岗位的名称' }];
  const isMonths = typeof tenureMonths === 'number' && tenureMonths >= 1 && tenureMonths <= 12;
  return isMonths ? [] : [{ path: `${path}context.tenureMonths`, message: '应是 1 到 12 的任职月数' }];
}

/** Who held one post follows one another: no more than the months of a year. */
function yearIssues(subjects: readonly GivenSubject[]): InputIssue[] {
  const months = new Map<string, number>();
  for (const { post, context } of subjects) {
    if (post !== null) months.set(post, (months.get(post) ?? 0) + (context.tenureMonths ?? 0));
  }
  return [...months].flatMap(([post, all]) =>
    all > 12 ? [{ path: '文件', message: `岗位“${post}”各任的任职月数合计 ${all} 个月，超过一年` }] : [],
  );
}

function endsOnce({ relaxations }: Prepared): boolean {
  return relaxations.some(({ relaxation }) => relaxation.until !== null);
}

function answersOf(prepared: Prepared, json: unknown, path: string, issues: InputIssue[]): Answers {
  try {
    return readAnswers(prepared, json ?? {});
  } catch (error) {
    if (!isProblem(error) || error.code !== 'framework.answersInvalid') throw error;
    const found = (error.details as { issues: readonly InputIssue[] }).issues;
    issues.push(...found.map((issue) => ({ path: `${path}${issue.path}`, message: issue.message })));
    return new Map();
  }
}

/** A place among others cannot be found for one alone. */
function refuseAlone({ leaves }: Prepared, { answers }: GivenSubject): void {
  const codes = leaves.flatMap(({ indicator: { code, method } }) => {
    const answer = answers.get(code);
    return method?.kind === 'relative' && answer !== undefined && 'value' in answer ? [code] : [];
  });
  if (codes.length > 0) throw problem('framework.relativeAlone', { codes });
}
