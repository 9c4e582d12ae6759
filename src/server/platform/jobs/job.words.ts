import type { QueuedJob } from './operator.store.ts';

/** What stopped a try, by the error that the queue keeps. The first that fits is said. */
const causes: ReadonlyArray<readonly [RegExp, string]> = [
  [/the server ended during every try/, '每次执行时服务都中途停止，没有做完。'],
  [
    /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|Connection terminated|terminating connection|database system is|timeout expired|数据库暂时无法连接/,
    '执行时连接不上数据库。',
  ],
  [/No space left|ENOSPC|could not extend file/, '数据库所在的磁盘已满。'],
  [/deadlock|could not serialize|canceling statement/, '执行时与其他操作冲突，被数据库中止。'],
  [/permission denied|row-level security/, '数据库没有给予所需的权限。'],
  [/^ZodError/, '任务的内容不合要求，可能是旧版本的程序留下的。'],
];

/** Errors whose own text is a sentence for a person. */
const ownSentence = /^(?:Problem|Error): (\p{Script=Han}[^\n]*)$/u;

/** One plain sentence for an error as `String(error)` wrote it into the queue. */
export function failureSentence(error: string): string {
  const known = causes.find(([pattern]) => pattern.test(error));
  return known?.[1] ?? ownSentence.exec(error)?.[1] ?? '程序出错，原因见技术细节。';
}

/** What the audit keeps of a job on which an operator decided. */
export function jobRecord({ id, name, attempts, error }: QueuedJob) {
  const before = { job: name, attempts, error: error === null ? null : failureSentence(error) };
  return { objectType: 'job', objectId: id, before };
}
