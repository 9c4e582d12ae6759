import { useState } from 'react';
import { useWriting } from '#web/shared/drafts/writing/useWriting.ts';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import type { LeafAnswer } from './answer/AnswerField.tsx';

/** A score in hand that was not saved yet. */
export interface ScoreEdit {
  readonly answer: LeafAnswer | null;
  readonly reason: string;
  /** Points by hand beside the method. */
  readonly byPoints: boolean;
  /** What the data give, taken by a press. */
  readonly byData?: boolean;
}

/**
 * What a reviewer has chosen and not saved, by leaf: walking in the tree loses none of it, and it stays on this machine
 * until it is saved or given up.
 */
export function useScoreEdits(evaluation: Evaluation) {
  const [edits, setEdits] = useState<Readonly<Record<string, ScoreEdit>>>({});
  const count = Object.keys(edits).length;
  const left = useWriting<{ byLeaf: Readonly<Record<string, ScoreEdit>> }>({
    ...{ kind: 'score', subjectId: evaluation.id, title: `${evaluation.subjectName}的评分`, revision: 0 },
    ...{ value: { byLeaf: edits }, changed: count > 0 },
  });
  useLeaveGuard(
    count === 0
      ? null
      : {
          title: `${count} 项评分没有保存`,
          text: '离开后留在本机，回来可以接着评。',
          verb: '仍然离开',
        },
    { stays: true },
  );
  return {
    count,
    left,
    take: (byLeaf: Readonly<Record<string, ScoreEdit>>) => setEdits((now) => ({ ...byLeaf, ...now })),
    of: (code: string): ScoreEdit | undefined => edits[code],
    set: (code: string, edit: ScoreEdit | null) =>
      setEdits(({ [code]: _, ...others }) => (edit === null ? others : { ...others, [code]: edit })),
  };
}

export type ScoreEdits = ReturnType<typeof useScoreEdits>;
