import type { ReactNode } from 'react';
import style from './Notice.module.css';

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
    <div className={style.notice}>
      <p className={style.title}>{title}</p>
      {children && <div className={style.text}>{children}</div>}
      {action && <div className={style.action}>{action}</div>}
    </div>
  );
}
