import type { ReactNode } from 'react';
import { asProblem } from '../problem.ts';
import { Button } from './Button.tsx';
import { NoRight } from './NoRight.tsx';
import style from './Notice.module.css';

interface ErrorPanelProps {
  problem: unknown;
  /** What was kept, where something of the person's was at stake. */
  kept?: ReactNode;
  onRetry?: () => void;
}

/** What happened, what was kept, what to do, and a reference to read out to support. */
export function ErrorPanel({ problem: error, kept, onRetry }: ErrorPanelProps) {
  const problem = asProblem(error);
  if (problem.status === 403) return <NoRight message={problem.message} />;
  return (
    <div className={style.notice} role="alert">
      <p className={`${style.title} ${problem.kind === 'fault' ? style.fault : ''}`}>{problem.message}</p>
      <div className={style.text}>
        {kept && <p>{kept}</p>}
        {problem.kind === 'fault' && problem.status !== 0 && <p>若重试后仍然如此，请把下面的编号告诉系统管理员。</p>}
        {problem.reference && <p className="caption">编号 {problem.reference}</p>}
      </div>
      {onRetry && problem.status !== 404 && (
        <div className={style.action}>
          <Button onClick={onRetry}>重试</Button>
        </div>
      )}
    </div>
  );
}
