import type { Command } from 'commander';
import type { CommandHost } from '#core/access/feature.ts';
import { commandLineSource, recordAllAlong } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { jobStateTitles } from '#domain/flow/job-state.ts';
import { problem } from '#domain/kit/problem.ts';
import { momentInChina } from '#domain/kit/school-year.ts';
import { withLease, withReading } from '#platform/db/handle.ts';
import { failureSentence, jobRecord } from '#platform/jobs/job.words.ts';
import { noSuchJob, refusalOf } from '#platform/jobs/operator.act.ts';
import {
  type JobsHandle,
  listJobs,
  lockFailedJobs,
  lockJob,
  type QueuedJob,
  retryJobs,
} from '#platform/jobs/operator.store.ts';

/** How many jobs a list on the terminal shows. */
const shown = 200;

/** `dudao jobs …`: the operator looks at the queue and repeats what failed, also while the server is running. */
export function register(program: Command, host: CommandHost): void {
  const jobs = program.command('jobs').description('后台任务').helpCommand(false);
  jobs
    .command('list')
    .description('列出失败的和等待执行的任务，失败的在前；有失败的任务时退出码为 1')
    .option('--failed', '只列出失败的')
    .option('--json', '以 JSON 输出')
    .action((options: { failed?: boolean; json?: boolean }) => list(host, options));
  jobs
    .command('retry')
    .description('再试一次失败的任务')
    .argument('[编号]', '任务的编号，见 dudao jobs list')
    .option('--all', '再试全部失败的任务')
    .action((id: string | undefined, options: { all?: boolean }) => retry(host, id, options.all ?? false));
}

async function list(host: CommandHost, options: { failed?: boolean; json?: boolean }): Promise<void> {
  const titles = await jobTitles();
  await host.withDatabase(async (pool) => {
    const state = options.failed ? ('failed' as const) : undefined;
    const { rows, total } = await withReading(pool, nowhere, (db) => listJobs(db, state, { page: 1, pageSize: shown }));
    if (rows.some((job) => job.state === 'failed')) process.exitCode = 1;
    if (options.json) {
      process.stdout.write(`${JSON.stringify(rows.map((job) => entryOf(job, titles.get(job.name))))}\n`);
      return;
    }
    const lines = rows.flatMap((job) => linesOf(job, titles.get(job.name)));
    if (total > rows.length) lines.push(`共 ${total} 项，只列出前 ${rows.length} 项。`);
    process.stdout.write(`${lines.length > 0 ? lines.join('\n') : '没有这样的后台任务。'}\n`);
  });
}

async function retry(host: CommandHost, id: string | undefined, all: boolean): Promise<void> {
  if ((id === undefined) === !all) throw invalid('请给出一个任务的编号，或用 --all 再试全部失败的任务，二者取一');
  if (id !== undefined && !/^[1-9]\d{0,14}$/.test(id)) throw invalid(`任务的编号是一个正整数，不能是“${id}”`);
  const titles = await jobTitles();
  await host.withDatabase(async (pool) => {
    const repeated = await withLease(pool, (held) =>
      held.writing(nowhere, async (db) => {
        const jobs = id === undefined ? await lockRetryable(db, titles) : [await lockOne(db, Number(id), titles)];
        const ids = jobs.map((job) => job.id);
        await retryJobs(db, ids);
        recordAllAlong(
          held,
          commandLineSource,
          jobs.map((job) => ({ action: 'job.retried', ...jobRecord(job) })),
        );
        return jobs;
      }),
    );
    const lines = repeated.map((job) => `已重新排入 ${job.id}（${titles.get(job.name)}）。`);
    process.stdout.write(`${lines.length > 0 ? lines.join('\n') : '没有可以再试的失败任务。'}\n`);
  });
}

type Titles = ReadonlyMap<string, string>;

/** Jobs that this version of the program cannot do are passed over. */
async function lockRetryable(db: JobsHandle, titles: Titles): Promise<QueuedJob[]> {
  return (await lockFailedJobs(db)).filter((job) => refusalOf(job, 'retry', titles.has(job.name)) === undefined);
}

async function lockOne(db: JobsHandle, id: number, titles: Titles): Promise<QueuedJob> {
  const job = await lockJob(db, id);
  if (job === undefined) throw noSuchJob();
  const refusal = refusalOf(job, 'retry', titles.has(job.name));
  if (refusal !== undefined) throw refusal;
  return job;
}

const invalid = (message: string) => problem('request.invalid', { issues: [{ path: '', message }] });

/** The list of features brings the whole server, so it is loaded only when a command runs, and not for help. */
async function jobTitles(): Promise<Titles> {
  const { featureJobs } = await import('../features.ts');
  return new Map(featureJobs.map(({ name, title }) => [name, title]));
}

/** A job as a program reads it. */
function entryOf({ id, name, state, attempts, askedAt, runAt, failedAt, error }: QueuedJob, title: string | undefined) {
  return { id, name, title: title ?? null, state, attempts, askedAt, runAt, failedAt, error };
}

function linesOf(job: QueuedJob, title: string | undefined): string[] {
  const at = job.failedAt ?? job.runAt;
  const line = `${job.id}  ${jobStateTitles[job.state]}  ${momentInChina(at).slice(0, 16)}  ${title ?? job.name}（已试 ${job.attempts} 次）`;
  return job.error === null ? [line] : [line, `    ${failureSentence(job.error)}`, `    ${job.error.split('\n')[0]}`];
}
