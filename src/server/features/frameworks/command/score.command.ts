import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import type { Prepared, Result } from '#domain/framework/result.ts';
import { scoreRound } from '#domain/framework/score/score-round.ts';
import { scoreSubject } from '#domain/framework/score/score-subject.ts';
import { type PostYear, postYear, type Tenure } from '#domain/framework/score/tenures.ts';
import { problem } from '#domain/kit/problem.ts';
import { readShipped, shippedKeys } from '../shipped-editions.shape.ts';
import { scoreHelp } from './score-help.words.ts';
import { readScoreInput, type ScoreInput } from './score-input.shape.ts';
import { postOutput, scoreOutput } from './score-output.shape.ts';
import { scoreText } from './score-text.words.ts';

interface Options {
  readonly json?: boolean;
}

/** `dudao score FRAMEWORK ANSWERS.json`: scores and concludes by a framework, without a database. */
export function register(program: Command): void {
  program
    .command('score')
    .description('按一个指标体系计分并得出结论')
    .argument('<framework>', '指标体系的键，或一个指标体系的 JSON 文件')
    .argument('<answers>', '答案文件（JSON），写法见下')
    .option('--json', '输出 JSON（分数为精确小数）')
    .addHelpText('after', scoreHelp(shippedKeys))
    .action(run);
}

async function run(framework: string, file: string, options: Options): Promise<void> {
  const prepared = preparedEdition(await readFramework(framework));
  const input = readScoreInput(prepared, await readJson(file));
  const results = scoreAll(prepared, input);
  process.stdout.write(`${options.json ? asJson(prepared, input, results) : asText(prepared, input, results)}\n`);
}

/** A list is a round: places and quotas count over all of it. */
function scoreAll(prepared: Prepared, { isList, subjects }: ScoreInput): readonly Result[] {
  const options = { trace: true, relaxed: subjects[0]!.relaxed };
  if (isList) {
    const results = scoreRound(prepared, subjects, options);
    return subjects.map(({ subject }) => results.get(subject)!);
  }
  const { answers, facts, context } = subjects[0]!;
  return [scoreSubject(prepared, answers, facts, context, options)];
}

function asJson(prepared: Prepared, { isList, subjects }: ScoreInput, results: readonly Result[]): string {
  const outputs = results.map((result) => scoreOutput(prepared, result));
  const posts = postsOf(subjects, results);
  const whole = outputs.map((output, at) => {
    const { post } = subjects[at]!;
    return post === null ? output : { ...output, post: postOutput(prepared, post, posts.get(post)!) };
  });
  if (!isList) return JSON.stringify(whole[0]);
  return JSON.stringify(whole.map((output, at) => ({ subject: subjects[at]!.subject, ...output })));
}

function asText(prepared: Prepared, { subjects }: ScoreInput, results: readonly Result[]): string {
  const posts = [...postsOf(subjects, results)].map(([post, year]) => {
    const { months, total, provisional } = postOutput(prepared, post, year);
    const said = total ?? (provisional === null ? '未定' : `${provisional.from}–${provisional.to ?? '？'}`);
    return `岗位“${post}”：${months} 个月，按任职月份合计 ${said} 分`;
  });
  return [...results.map((result, at) => scoreText(prepared, result, subjects[at]!.subject)), ...posts].join('\n\n');
}

/** The year of each post over its holders. */
function postsOf(subjects: ScoreInput['subjects'], results: readonly Result[]): ReadonlyMap<string, PostYear> {
  const tenures = new Map<string, Tenure[]>();
  for (const [at, { post, context }] of subjects.entries()) {
    if (post === null) continue;
    tenures.set(post, [...(tenures.get(post) ?? []), { months: context.tenureMonths ?? 0, result: results[at]! }]);
  }
  return new Map([...tenures].map(([post, own]) => [post, postYear(own)]));
}

/** A shipped edition by its key, else the file of that name. */
async function readFramework(named: string): Promise<unknown> {
  const shipped = await readShipped(named);
  if (shipped !== undefined) return shipped;
  const text = await readFile(named, 'utf8').catch(() => {
    throw problem('framework.unknown', { key: named, known: shippedKeys });
  });
  const json = parsed(text);
  if (json !== undefined) return json;
  throw problem('framework.invalid', { key: named, issues: [{ path: '文件', code: null, message: noJson }] });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw problem('table.fileMissing', { fileName: file });
  });
  const json = parsed(text);
  if (json !== undefined) return json;
  throw problem('framework.answersInvalid', { issues: [{ path: file, message: noJson }] });
}

const noJson = '不是 JSON 文件，请检查括号、引号和逗号';

/** Undefined where the text is no JSON; a mark of the order of bytes before it is no part of it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
