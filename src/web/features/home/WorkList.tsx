import { Link, type LinkProps } from '@tanstack/react-router';
import type { Overview, WorkCount, WorkWords } from '#web/shared/desk/desk.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { type StateLook, StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDate, formatNumber } from '#web/shared/words/format.ts';
import style from './WorkList.module.css';

/** The lines of the kinds that this tab knows: it does not know yet which list a kind from a newer server opens. */
function wordedOf<Line extends WorkCount>(work: readonly Line[]): LineProps<Line>[] {
  const { workWords, stateMarks } = here(deskWords);
  return work.flatMap((line) => {
    const words = workWords[line.kind];
    const look = words && stateMarks[words.state];
    return look ? [{ line, words, look }] : [];
  });
}

/** What this person has done and others go on with: quieter than the work, and no number of it stands in the frame. */
export function HandedOver({ lines }: { lines: Overview['handedOver'] }) {
  return (
    <ul className={`${style.work} ${style.handed}`}>
      {wordedOf(lines).map((each) => (
        <li key={each.line.kind}>
          <Line {...each} />
        </li>
      ))}
    </ul>
  );
}

interface WorkListProps extends Pick<Overview, 'work' | 'next'> {
  /** What is said where no work waits. */
  none?: string | undefined;
}

/** The work that waits for this person, one line a kind; each line opens the list that it counts. */
export function WorkList({ work, next, none = '目前没有需要您处理的事项。' }: WorkListProps) {
  const { deadlineWords } = here(deskWords);
  const lines = wordedOf(work);
  if (work.length === 0) {
    const title = next && deadlineWords[next.kind]?.title;
    return (
      <p className={style.done}>
        {none}
        {next && title && `下一项是${next.name}的${title}，${formatDate(next.date)}。`}
      </p>
    );
  }
  return (
    <ul className={style.work}>
      {lines.map(({ line, words, look }) => (
        <li key={line.kind}>
          <Line line={line} words={words} look={look} />
          <Parts parts={line.parts} />
          {words.second && <Second second={words.second} />}
        </li>
      ))}
      {lines.length < work.length && (
        <li className={style.done}>另有 {work.length - lines.length} 类新的事项，请刷新页面后查看。</li>
      )}
    </ul>
  );
}

interface LineProps<Line extends WorkCount = WorkCount> {
  line: Line;
  words: WorkWords;
  look: StateLook;
}

const linkOf = (words: WorkWords, subject: string | null) =>
  subject !== null && words.open ? words.open(subject) : words.link;

function Line({ line: { count, oldestDays, subject }, words, look }: LineProps) {
  return (
    <Link {...(linkOf(words, subject) as LinkProps)} className={style.line}>
      <StateMark state={look} text={words.mark} />
      <span>
        <strong className="tabular">{formatNumber(count)}</strong> {words.of}
      </span>
      <span className={style.waited}>{oldestDays !== null && words.waited ? words.waited(oldestDays) : ''}</span>
      <span className={style.verb}>
        {words.verb} <span aria-hidden="true">→</span>
      </span>
    </Link>
  );
}

/** What is special about some of what the line counts, each with the list of those alone. */
function Parts({ parts }: { parts: readonly WorkCount[] }) {
  return wordedOf(parts).map(
    ({ line: { kind, count, subject }, words }) =>
      words.part && (
        <Link key={kind} {...(linkOf(words, subject) as LinkProps)} className={style.part}>
          {words.part(formatNumber(count))} <span aria-hidden="true">→</span>
        </Link>
      ),
  );
}

/** The second way to the same work, for those who may take it. */
function Second({ second: { verb, permission, link } }: { second: NonNullable<WorkWords['second']> }) {
  if (!useCan(permission)) return null;
  return (
    <Link {...(link as LinkProps)} className={style.second}>
      {verb} <span aria-hidden="true">→</span>
    </Link>
  );
}
