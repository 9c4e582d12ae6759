import { isProblem } from '#domain/kit/problem.ts';
import { databaseProblem } from '../db/errors.ts';
import type { QueuedJob } from './operator.store.ts';

/** An error as the queue keeps it: a refusal with its code, and with the error of the database that lies behind it. */
export function failureText(error: unknown): string {
  const known = databaseProblem(error);
  return isProblem(known) ? `Problem ${known.code}: ${known.cause ?? known.message}` : String(known);
}

/** What stopped a try, by the text that the queue keeps. The first that fits is said. */
const causes: ReadonlyArray<readonly [RegExp, string]> = [
  [/the server ended during every try/, '每次执行时服务都中途停止，没有做完。'],
  [/^Problem database\.unavailable:/, '执行时连接不上数据库。'],
  // The sentence of this refusal asks for a page to be loaded anew, and a job has none.
  [/^Problem thing\.changed:/, '执行时与其他操作冲突，没有做完。'],
  [/No space left|ENOSPC|could not extend file/, '数据库所在的磁盘已满。'],
  [/canceling statement/, '执行时与其他操作冲突，被数据库中止。'],
  [/permission denied|row-level security/, '数据库没有给予所需的权限。'],
  [/^ZodError/, '任务的内容不合要求，可能是旧版本的程序留下的。'],
];

/** Errors whose own text is a sentence for a person. */
const ownSentence = /^(?:Problem [\w.]+|Error): (\p{Script=Han}[^\n]*)$/u;

/** One plain sentence for an error as `failureText` wrote it into the queue. */
export function failureSentence(error: string): string {
  const known = causes.find(([pattern]) => pattern.test(error));
  return known?.[1] ?? ownSentence.exec(error)?.[1] ?? '程序出错，原因见技术细节。';
}

/** What the audit keeps of a job on which an operator decided. */
export function jobRecord({ id, name, attempts, error }: QueuedJob) {
  const before = { job: name, attempts, error: error === null ? null : failureSentence(error) };
  return { objectType: 'job', objectId: id, before };
}
