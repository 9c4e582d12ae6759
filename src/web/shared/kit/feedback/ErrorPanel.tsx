import type { ReactNode } from 'react';
import { asProblem } from '../../call/problem.ts';
import { Button } from '../action/Button.tsx';
import { NoRight } from './NoRight.tsx';
import { Notice } from './Notice.tsx';

interface ErrorPanelProps {
  problem: unknown;
  /** The data that was kept, where the person could have lost some. */
  kept?: ReactNode;
  onRetry?: () => void;
}

/** What happened, what was kept, what to do, and a reference to give to support. */
export function ErrorPanel({ problem: error, kept, onRetry }: ErrorPanelProps) {
  const problem = asProblem(error);
  if (problem.status === 403) return <NoRight message={problem.message} />;
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
