import { type ReactNode, useEffect } from 'react';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import style from './Entrance.module.css';

/** Nobody should wait for it on the sign-in page, where nobody is signed in yet. */
const wayOut = late(() => import('./WayOut.tsx'));

interface EntranceProps {
  title: string;
  lead?: ReactNode;
  /** A message to the person before the form: signed out, link used. */
  said?: ReactNode;
  wide?: boolean;
  /** The id of the person who is signed in already: a forgotten password is not the trouble, and the sheet offers the way out. */
  inside?: string;
  children: ReactNode;
}

/** The sheet of every step before the desk: sign-in, set-up, first password, second factor. */
export function Entrance({ title, lead, said, wide, inside, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · 督导 Dudao`;
  }, [title]);
  return (
    <div className={style.entrance}>
      <header className={style.house}>
        <p className={style.name}>
          督导<span className={style.latin}>Dudao</span>
        </p>
        <p className={style.purpose}>
          学校填报、县级审核、市级监测，
          <br />
          结论可以追溯到每一个数。
        </p>
      </header>
      <main className={style.middle}>
        <div className={`${style.sheet} ${wide ? style.wide : ''}`}>
          <h1>{title}</h1>
          {lead && <p className={style.lead}>{lead}</p>}
          {said && (
            <p className={style.said} role="status">
              {said}
            </p>
          )}
          {children}
          {inside ? (
            <WhenHere late={wayOut}>{({ WayOut }) => <WayOut personId={inside} />}</WhenHere>
          ) : (
            <p className={style.help}>忘记密码或账户被锁定，请联系本单位系统管理员。</p>
          )}
        </div>
      </main>
    </div>
  );
}
