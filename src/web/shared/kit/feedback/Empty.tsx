import type { ReactNode } from 'react';
import { Notice } from './Notice.tsx';

interface EmptyProps {
  /** Why there is nothing. */
  title: string;
  children?: ReactNode;
  /** The next step. */
  action?: ReactNode;
}

/** Nothing here: why, and what comes next. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <Notice title={title} action={action}>
      {children}
    </Notice>
  );
}
