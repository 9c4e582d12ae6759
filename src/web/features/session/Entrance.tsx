import { type ReactNode, useEffect } from 'react';
import style from './entrance.module.css';

interface EntranceProps {
  title: string;
  lead?: ReactNode;
  /** What the person should know first: signed out, link used. */
  said?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The sheet on which everything before the desk happens: sign-in, set-up, first password, second factor. */
export function Entrance({ title, lead, said, wide, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · 督导 Dudao`;
  }, [title]);
  return (
    <div className={style.entrance}>
      <header className={style.brand}>
        督导<span className={style.latin}>Dudao</span>
      </header>
      <main className={`${style.middle} ${wide ? style.wide : ''}`}>
        <div className={style.sheet}>
          <h1>{title}</h1>
          {lead && <p className={style.lead}>{lead}</p>}
          {said && (
            <p className={style.said} role="status">
              {said}
            </p>
          )}
          {children}
        </div>
      </main>
      <footer className={style.foot}>教育督导业务平台 · 忘记密码或账户被锁定，请联系本单位系统管理员。</footer>
    </div>
  );
}
