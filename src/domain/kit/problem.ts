import { accessProblems } from './problems/access.ts';
import { balanceProblems } from './problems/balance.ts';
import { balanceTrackingProblems } from './problems/balance-tracking.ts';
import type { ProblemDefinition, ProblemKind } from './problems/definition.ts';
import { directoryProblems } from './problems/directory.ts';
import { campaignProblems, evaluationProblems, evidenceProblems } from './problems/evaluation.ts';
import { fileProblems } from './problems/file.ts';
import { filingProblems } from './problems/filing.ts';
import { flowProblems } from './problems/flow.ts';
import { formulaProblems } from './problems/formula.ts';
import { frameworkProblems } from './problems/framework.ts';
import { importProblems } from './problems/import.ts';
import { inspectorProblems } from './problems/inspector.ts';
import { judgingProblems } from './problems/judging.ts';
import { letterProblems } from './problems/letter.ts';
import { noticeProblems } from './problems/notice.ts';
import { officialDocumentProblems } from './problems/official-document.ts';
import { rectificationProblems } from './problems/rectification.ts';
import { referenceProblems } from './problems/reference.ts';
import { reportProblems } from './problems/report.ts';
import { requestProblems } from './problems/request.ts';
import { standardProblems } from './problems/standard.ts';
import { tableProblems } from './problems/table.ts';
import { workPlanProblems } from './problems/work-plan.ts';

export type { ProblemKind } from './problems/definition.ts';

/**
 * Every refusal of the system, each once. Codes read `subject.whatIsWrong`; a subject adds a file beside
 * `problems/request.ts` and one line here.
 */
export const problemCatalogue = {
  ...requestProblems,
  ...flowProblems,
  ...directoryProblems,
  ...formulaProblems,
  ...referenceProblems,
  ...standardProblems,
  ...tableProblems,
  ...filingProblems,
  ...importProblems,
  ...fileProblems,
  ...letterProblems,
  ...reportProblems,
  ...noticeProblems,
  ...officialDocumentProblems,
  ...accessProblems,
  ...balanceProblems,
  ...workPlanProblems,
  ...balanceTrackingProblems,
  ...rectificationProblems,
  ...frameworkProblems,
  ...inspectorProblems,
  ...campaignProblems,
  ...evaluationProblems,
  ...evidenceProblems,
  ...judgingProblems,
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problemCatalogue;

/**
 * The codes of a part of the catalogue, for the manifest of the feature to which it belongs.
 * @param parts definitions by code, as in `problems/`
 */
export function problemCodes(...parts: readonly Partial<typeof problemCatalogue>[]): ProblemCode[] {
  return parts.flatMap((part) => Object.keys(part) as ProblemCode[]);
}
/** `[details]` where the sentence needs some, `[]` where it does not. */
type DetailsOf<Code extends ProblemCode> = Parameters<(typeof problemCatalogue)[Code]['sentence']>;

/** The part that is sent to the client: the code for machines, the sentence for the person, details for the screen. */
export interface ProblemReply {
  code: ProblemCode;
  kind: ProblemKind;
  message: string;
  details?: unknown;
}

/** A refusal with a code, an HTTP status and a Chinese sentence. Made by `problem()`, thrown, never constructed ad hoc. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly kind: ProblemKind;
  readonly details: unknown;
  /** Seconds after which the same request may be sent again; null where only a changed request can succeed. */
  readonly retryAfter: number | null;

  constructor(code: ProblemCode, message: string, details: unknown, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Problem';
    this.code = code;
    this.status = problemCatalogue[code].status;
    this.kind = problemCatalogue[code].kind;
    this.details = details;
    const definition: ProblemDefinition = problemCatalogue[code];
    this.retryAfter = definition.retryAfter ?? null;
  }

  toJSON(): ProblemReply {
    const reply: ProblemReply = { code: this.code, kind: this.kind, message: this.message };
    if (this.details !== undefined) reply.details = this.details;
    return reply;
  }
}

/** Not every browser knows this limit; where it is unknown, setting it does nothing. */
const traces = Error as { stackTraceLimit?: number | undefined };

/**
 * Makes (does not throw) a problem of the catalogue: `throw problem('thing.notFound', { what: '份填报' })`.
 * The compiler asks for exactly the details that the sentence of this code needs.
 */
export function problem<Code extends ProblemCode>(code: Code, ...details: DetailsOf<Code>): Problem {
  const definition: ProblemDefinition = problemCatalogue[code];
  const message = definition.sentence(details[0] as never);
  // A refusal is an answer and no fault. Every save lists what bars the submission, and nobody reads their traces.
  const limit = traces.stackTraceLimit;
  traces.stackTraceLimit = 0;
  const made = new Problem(code, message, details[0]);
  traces.stackTraceLimit = limit;
  return made;
}

/** True for a refusal of this catalogue; any other caught value is an error of the program. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}
