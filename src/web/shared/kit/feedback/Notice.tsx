import type { ReactNode } from 'react';
import style from './Notice.module.css';

interface NoticeProps {
  title: string;
  /** The title is about a fault, not about a state. */
  fault?: boolean;
  /** Said at once when it appears. */
  alert?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}

/** What stands where content would stand: one sentence, more words below it, and the next step. */
export function Notice({ title, fault, alert, action, children }: NoticeProps) {
  return (
    <div className={style.notice} role={alert ? 'alert' : undefined}>
      <p className={`${style.title} ${fault ? style.fault : ''}`}>{title}</p>
      {children && <div className={style.text}>{children}</div>}
      {action && <div className={style.action}>{action}</div>}
    </div>
  );
}
