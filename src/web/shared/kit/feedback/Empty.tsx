import type { ReactNode } from 'react';
import { Notice } from './Notice.tsx';

interface EmptyProps {
  /** Why there is nothing. */
  title: string;
  children?: ReactNode;
  /** The next step. */
  action?: ReactNode;
}

/** Shown where there is nothing: the reason and the next step. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <Notice title={title} action={action}>
      {children}
    </Notice>
  );
}
