import type { ReactNode } from 'react';
import { asProblem } from '../../call/problem.ts';
import { Button } from '../action/Button.tsx';
import { late, WhenHere } from '../late.tsx';
import { Notice } from './Notice.tsx';

/** Who holds a right and who grants it is read by whoever lacks one: the sign-in page does not carry it. */
const noRight = late(() => import('./NoRight.tsx'));

interface ErrorPanelProps {
  problem: unknown;
  /** The data that was kept, where the person could have lost some. */
  kept?: ReactNode;
  onRetry?: () => void;
}

/** What happened, what was kept, what to do, and a reference to give to support. */
export function ErrorPanel({ problem: error, kept, onRetry }: ErrorPanelProps) {
  const problem = asProblem(error);
  if (problem.status === 403) {
    return <WhenHere late={noRight}>{({ NoRight }) => <NoRight message={problem.message} />}</WhenHere>;
  }
  return (
    <Notice
      alert
      title={problem.message}
      fault={problem.kind === 'fault'}
      action={onRetry && problem.status !== 404 && <Button onClick={onRetry}>重试</Button>}
    >
      {kept && <p>{kept}</p>}
      {problem.kind === 'fault' && problem.status !== 0 && <p>若重试后仍然如此，请把下面的编号告诉系统管理员。</p>}
      {problem.reference && <p className="caption">编号 {problem.reference}</p>}
    </Notice>
  );
}
