import type { ProblemKind } from '#domain/kit/problem.ts';

/** The body of a refusal by the server; `reference` is what the person can give to support. */
export interface ProblemBody {
  readonly code: string;
  readonly kind: ProblemKind;
  readonly message: string;
  readonly details?: unknown;
  readonly reference?: string | undefined;
}

/** A refusal as the desk shows it. `message` is a sentence for the person, ready to be shown. */
export class ProblemError extends Error {
  readonly code: string;
  readonly kind: ProblemKind;
  readonly details: unknown;
  readonly reference: string | undefined;
  /** 0 where no answer arrived. */
  readonly status: number;
  /** Milliseconds that the server asks to wait before the next try; null where it names none. */
  readonly retryAfter: number | null;

  constructor(body: ProblemBody, status: number, options?: ErrorOptions & { retryAfter?: number | null }) {
    super(body.message, options);
    this.name = 'ProblemError';
    this.code = body.code;
    this.kind = body.kind;
    this.details = body.details;
    this.reference = body.reference;
    this.status = status;
    this.retryAfter = options?.retryAfter ?? null;
  }

  /** The person works in another post now, or has not chosen one: the sent change waits until that is settled. */
  get ofPost(): boolean {
    return this.code === 'access.postChanged' || this.code === 'access.postNeeded';
  }

  /**
   * Worth an automatic retry: no network or a slow one, signed out meanwhile, a server that is restarting, or one that
   * has too much to do.
   */
  get temporary(): boolean {
    return [0, 401, 408, 429, 502, 503, 504].includes(this.status);
  }
}

/** The milliseconds in a `Retry-After` header. Our servers name seconds; a proxy may name a date, which is ignored. */
export function retryAfterOf(header: string | null): number | null {
  return header !== null && /^\d{1,4}$/.test(header) ? Number(header) * 1000 : null;
}

/** No answer arrived: the network is down or the server does not run. */
export function unreachable(cause: unknown): ProblemError {
  return new ProblemError(
    { code: 'network.unreachable', kind: 'fault', message: '连接不上服务器。请检查网络，恢复后会自动重试。' },
    0,
    { cause },
  );
}

/** Turns any caught value into a problem with a sentence; a programming error is logged and named as one. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  console.error(error);
  return new ProblemError(
    { code: 'desk.fault', kind: 'fault', message: '页面出现故障，已提交的内容不受影响。请刷新后再试。' },
    -1,
    { cause: error },
  );
}

/** Refusals that name the place of each fault in what was sent. */
const placed: ReadonlySet<string> = new Set(['request.invalid', 'letter.textWrong']);

/** The problems of single fields in a refused request, by path (`name`, `grants.0.unitId`). */
export function fieldProblems(problem: ProblemError): Record<string, string> {
  const issues = (problem.details as { issues?: ReadonlyArray<{ path: string; message: string }> } | undefined)?.issues;
  if (!placed.has(problem.code) || !issues) return {};
  return Object.fromEntries(issues.map((issue) => [issue.path.replace(/^body\./, ''), issue.message]));
}
