import { type Dispatch, type SetStateAction, useState } from 'react';
import { type LeftWriting, useWriting } from '#web/shared/drafts/writing/useWriting.ts';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import type { Evaluation, Opinion, OpinionFinding } from '../evaluation-reply.ts';

/** Comments and findings as they stand in the editor. */
export interface Written {
  readonly comments: Opinion['comments'];
  readonly findings: ReadonlyArray<Omit<OpinionFinding, 'raisedAt' | 'ledger'>>;
}

/** What is written of an opinion and not saved; null: nothing. */
export interface OpinionInHand {
  readonly written: Written | null;
  readonly setWritten: Dispatch<SetStateAction<Written | null>>;
  /** What the same person left on this machine earlier, until it is decided. */
  readonly left: LeftWriting<Written> | null;
}

const nothing: Written = { comments: [], findings: [] };

/**
 * Holds the opinion for the whole page: whoever writes it looks at the leaves that it is about, and the part of the page
 * in which it is written is gone meanwhile.
 */
export function useOpinionInHand({ id, subjectName, revision }: Evaluation): OpinionInHand {
  const [written, setWritten] = useState<Written | null>(null);
  const changed = written !== null;
  const left = useWriting<Written>({
    ...{ kind: 'opinion', subjectId: id, title: `${subjectName}的评估意见`, revision },
    ...{ value: written ?? nothing, changed },
  });
  useLeaveGuard(
    changed ? { title: '意见还没有保存', text: '离开后留在本机，回来可以接着写。', verb: '仍然离开' } : null,
    { stays: true },
  );
  return { written, setWritten, left };
}
