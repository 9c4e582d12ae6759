import { type ReactNode, useEffect, useState } from 'react';
import { formatDateTime } from '../../words/format.ts';
import { Phrases } from '../words/Phrases.tsx';
import style from './Page.module.css';

interface PageProps {
  title: string;
  /** The state in one line of words. */
  state?: ReactNode;
  /** The single main action of the page. */
  action?: ReactNode;
  /** A link to the page above. */
  above?: ReactNode;
  /** The source of the content on the printed sheet; absent: the title. */
  source?: string;
  /** Uses the whole width of the screen, for grids and wide tables. */
  wide?: boolean;
  children: ReactNode;
}

/** A page: its title, one line of state in words, its main action, and the line that a printed sheet needs. */
export function Page({ title, state, action, above, source, wide, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · 督导 Dudao`;
  }, [title]);
  return (
    <div className={`${style.page} ${wide ? style.wide : ''}`}>
      {above && (
        <nav className={`${style.above} screen-only`} aria-label="上级页面">
          {above}
        </nav>
      )}
      <header className={style.head}>
        <h1 tabIndex={-1}>{title}</h1>
        {state && <div className={style.state}>{typeof state === 'string' ? <Phrases text={state} /> : state}</div>}
        {action && <div className={`${style.action} screen-only`}>{action}</div>}
      </header>
      {children}
      <PrintLine source={source ?? title} />
    </div>
  );
}

/** The time of printing, so it is read when the sheet is made. */
function PrintLine({ source }: { source: string }) {
  const [at, setAt] = useState(() => new Date());
  useEffect(() => {
    const note = () => setAt(new Date());
    addEventListener('beforeprint', note);
    return () => removeEventListener('beforeprint', note);
  }, []);
  return (
    <p className={`${style.printed} print-only`}>
      来源：督导 Dudao · {source} · 打印时间 {formatDateTime(at)}
    </p>
  );
}

interface SectionProps {
  title: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page: a heading and white space, no box. */
export function Section({ title, note, action, children }: SectionProps) {
  return (
    <section className={style.section}>
      <header className={style.sectionHead}>
        <h2>{title}</h2>
        {note && <span className={style.note}>{note}</span>}
        {action && <div className={`${style.action} screen-only`}>{action}</div>}
      </header>
      {children}
    </section>
  );
}

/** Name and value; `wide` where the value is long and needs a line of its own. */
export type Fact = readonly [name: string, value: ReactNode, wide?: 'wide'];

/** A short list of facts about one thing, in columns where there is room. */
export function Facts({ items }: { items: ReadonlyArray<Fact | false | null | undefined> }) {
  return (
    <dl className={style.facts}>
      {items.map(
        (item) =>
          item && (
            <div key={item[0]} className={item[2] && style.factWide}>
              <dt>{item[0]}</dt>
              <dd>{item[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
