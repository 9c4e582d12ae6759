import type { z } from 'zod';
import { answerLeaf, leaf, type leafWritten, read } from '#contract/evaluations/evaluations.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem, type ProblemError } from '#web/shared/call/problem.ts';
import { queryClient, reading } from '#web/shared/call/queries.ts';
import type { DraftConflict } from '#web/shared/drafts/draft.ts';
import { type Drafts, draftsOf, useDrafts } from '#web/shared/drafts/useDrafts.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import type { LeafAnswer } from './answer/AnswerField.tsx';
import { leafOf } from './leaf-name.ts';

/** What a subject says at one leaf. */
export interface SelfAnswer {
  readonly answer: LeafAnswer | null;
  readonly note: string;
}

/** A leaf is one subject of the drafts, and this is its only part. */
export const answerPart = 'answer';

/** This person's answers of self-evaluations that the server has not confirmed. */
export const drafts = draftsOf<SelfAnswer>({
  kind: 'self-answer',
  say: ({ answer, note }) => [answer === null ? '' : '已作答', note].filter(Boolean).join('，') || '清空',
  send: async (name, edits, post) => {
    const { evaluationId, code } = leafOf(name);
    const { version, value } = edits.at(-1)!;
    const params = { evaluationId, code };
    try {
      const written = await call(answerLeaf, { params, body: { version, ...value! } }, { post });
      return {
        versions: { [answerPart]: written.version },
        conflicts: [],
        show: () => showWritten(params, written, value!),
      };
    } catch (error) {
      const conflict = conflictOf(asProblem(error));
      if (conflict === null) throw error;
      return { versions: {}, conflicts: [{ part: answerPart, ...conflict }], show: () => readAgain(params) };
    }
  },
});

export function useAnswerDrafts(): Drafts<SelfAnswer> {
  return useDrafts(drafts);
}

interface Overtaken {
  readonly version: number;
  readonly theirs: SelfAnswer;
  readonly by: string | null;
  readonly at: string | null;
  readonly own?: boolean;
}

/** Somebody else was quicker: what stands there now, for the choice. */
function conflictOf({ code, details, message }: ProblemError): DraftConflict<SelfAnswer> | null {
  if (code !== 'evaluation.leafOvertaken') return null;
  const { version, theirs, by, at, own } = details as Overtaken;
  return { version, theirs, by, at, sentence: message, ...(own ? { own } : {}) };
}

type Written = z.output<typeof leafWritten>;
interface LeafParams {
  readonly evaluationId: string;
  readonly code: string;
}

/** Puts what was saved on the open pages; how it was computed is read behind it. */
async function showWritten(params: LeafParams, written: Written, { answer, note }: SelfAnswer): Promise<void> {
  const { evaluationId, code } = params;
  const leafKey = reading(leaf, { params }).queryKey;
  const wholeKey = reading(read, { params: { evaluationId } }).queryKey;
  // A read that began before the save would bring the older answer back.
  await Promise.all([
    queryClient.cancelQueries({ queryKey: leafKey }),
    queryClient.cancelQueries({ queryKey: wholeKey }),
  ]);
  queryClient.setQueryData<Leaf>(leafKey, (before) => before && { ...before, version: written.version, answer, note });
  queryClient.setQueryData<Evaluation>(wholeKey, (before) => before && withWritten(before, code, written, answer));
  void queryClient.invalidateQueries({ queryKey: leafKey });
  void queryClient.invalidateQueries({ queryKey: wholeKey, refetchType: 'none' });
  void queryClient.invalidateQueries({ queryKey: ['evaluations.list'], refetchType: 'none' });
  await new Promise((shown) => setTimeout(shown));
}

/** The evaluation with one leaf as it was written. Its counts and totals are those of the reply. */
export function withWritten(
  before: Evaluation,
  code: string,
  { version, points, totals, answered, scored }: Written,
  answer: LeafAnswer | null,
): Evaluation {
  const standing = answer === null ? 'open' : answer.notApplicable ? 'not-applicable' : 'answered';
  return {
    ...before,
    ...{ totals, answered, scored },
    lacks: answer === null ? before.lacks : before.lacks.filter((one) => one.code !== code || before.can.score),
    nodes: before.nodes.map((node) => (node.code === code ? { ...node, version, self: points, standing } : node)),
  };
}

async function readAgain(params: LeafParams): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: reading(leaf, { params }).queryKey });
}
