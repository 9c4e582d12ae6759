import type { ReactNode } from 'react';
import style from './Notice.module.css';

interface NoticeProps {
  title: string;
  /** The title names a failure, not a normal state. */
  fault?: boolean;
  /** Screen readers announce it at once when it appears. */
  alert?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}

/** Takes the place of content: one sentence, more text below it, and the next step. */
export function Notice({ title, fault, alert, action, children }: NoticeProps) {
  return (
    <div className={style.notice} role={alert ? 'alert' : undefined}>
      <p className={`${style.title} ${fault ? style.fault : ''}`}>{title}</p>
      {children && <div className={style.text}>{children}</div>}
      {action && <div className={style.action}>{action}</div>}
    </div>
  );
}
