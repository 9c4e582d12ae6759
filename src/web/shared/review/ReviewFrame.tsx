import type { ReactNode } from 'react';
import { Button } from '../kit/action/Button.tsx';
import { Split } from '../kit/layout/Split.tsx';
import { useSmall } from '../page/useNarrow.ts';
import { formatNumber } from '../words/format.ts';
import style from './ReviewFrame.module.css';
import type { ReviewWalk } from './useReviewWalk.ts';

interface ReviewFrameProps {
  walk: ReviewWalk;
  /** How many of the queue are loaded, and how many it holds. */
  listed: number;
  total: number;
  /** The list on the left; in a small window the person moves from one subject to the next instead. */
  queue: ReactNode;
  /** The open subject: one element. */
  children: ReactNode;
}

/** The waiting subjects on the left, and on the right one as its author saw it; in a small window one subject at a time. */
export function ReviewFrame({ walk, listed, total, queue, children }: ReviewFrameProps) {
  const small = useSmall();
  const { at, open } = walk;
  return (
    <Split columns="17rem minmax(0, 1fr)" stacked="tablet" stackedGap={3}>
      {small ? (
        <nav className={style.walk} aria-label="队列">
          <Button small disabled={at <= 0} onClick={() => open(at - 1)}>
            上一份
          </Button>
          <span className="tabular">{at < 0 ? '不在队列中' : `第 ${at + 1} / ${formatNumber(total)} 份`}</span>
          <Button small disabled={at >= listed - 1} onClick={() => open(at + 1)}>
            下一份
          </Button>
        </nav>
      ) : (
        queue
      )}
      {children}
    </Split>
  );
}
