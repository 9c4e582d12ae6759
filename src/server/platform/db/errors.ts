import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';

/**
 * Error codes and messages of node and PostgreSQL when the server cannot be reached, is starting, or is shutting down.
 */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '25P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);

/** The pool's text where a caller waited for one of its connections and none came back in time. */
const poolFull = 'timeout exceeded when trying to connect';

/** Without a count of the lent connections it may also mean that none could be opened. */
export function isPoolFull(error: unknown): boolean {
  return error instanceof Error && error.message.includes(poolFull);
}

/**
 * Refusals of the server for lack of something, and the time that a lock may take. They pass, so they are told as such:
 * whoever typed something keeps it and sends it again.
 */
const shortages: Readonly<Record<string, 'thing.busy' | 'database.busy' | 'database.full'>> = {
  '55P03': 'thing.busy',
  '53300': 'database.busy',
  '53000': 'database.full',
  '53100': 'database.full',
  '53200': 'database.full',
  '53400': 'database.full',
};

const unreachableTexts = [
  'Connection terminated',
  poolFull,
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
];

/** What is wrong with the database as a whole, where the error says so and no statement is to blame. */
export type Trouble = 'database.unavailable' | 'database.busy' | 'database.full';

const troubles: ReadonlySet<string> = new Set<Trouble>(['database.unavailable', 'database.busy', 'database.full']);

/** The trouble that an error of the driver, or a refusal made from one, reports; null for any other error. */
export function troubleOf(error: unknown): Trouble | null {
  const translated = databaseProblem(error);
  return isProblem(translated) && troubles.has(translated.code) ? (translated.code as Trouble) : null;
}

/**
 * The only place that turns PostgreSQL's refusals into ours. An error without a better sentence stays as it is and is
 * answered as a fault: if a rule of the database is broken that the program should have checked first, that is a defect
 * and not an input error.
 */
export function databaseProblem(error: unknown): unknown {
  if (isProblem(error) || !(error instanceof Error)) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && unreachable.has(code)) return because(problem('database.unavailable'), error);
  // A row of an archived year, as `open_year` of the database says it.
  if (code === 'DY001') {
    const { detail } = error as { detail?: unknown };
    return because(problem('year.archived', { name: error.message, day: String(detail ?? '') }), error);
  }
  const shortage = typeof code === 'string' ? shortages[code] : undefined;
  if (shortage !== undefined) return because(problem(shortage), error);
  if (unreachableTexts.some((text) => error.message.includes(text))) {
    return because(problem('database.unavailable'), error);
  }
  // A number beyond its column or a text with NUL can still come out of a file; this is the sender's error, not our
  // fault.
  if (code === '22003' || code === '22021' || code === '22P05') {
    return problem('request.invalid', {
      issues: [{ path: '', message: '有数值超出范围，或文字中含有无法保存的字符' }],
    });
  }
  // Two acts touched the same rows: one was committed, the other is refused.
  if (code === '40001' || code === '40P01') return because(problem('thing.changed', { what: '这条记录' }), error);
  return error;
}

/** The word by which a function of the database has refused an act that travelled with its commit; undefined for any other error. */
export function wordOfRefusal(error: unknown): string | undefined {
  return error instanceof Error && (error as { code?: unknown }).code === 'DS001' ? error.message : undefined;
}

/** The driver's own error stays with the refusal: the operator of a failed job looks for it. */
function because(refusal: Problem, cause: Error): Problem {
  refusal.cause = cause;
  return refusal;
}
