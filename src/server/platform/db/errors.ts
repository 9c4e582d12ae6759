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
  '53300',
]);

const unreachableTexts = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
];

/** Whether the database itself could not be reached, in contrast to a statement that it refused. */
export function isUnreachable(error: unknown): boolean {
  const translated = databaseProblem(error);
  return isProblem(translated) && translated.code === 'database.unavailable';
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

/** The driver's own error stays with the refusal: the operator of a failed job looks for it. */
function because(refusal: Problem, cause: Error): Problem {
  refusal.cause = cause;
  return refusal;
}
