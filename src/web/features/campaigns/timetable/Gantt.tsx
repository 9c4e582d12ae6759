import type { KeyboardEvent } from 'react';
import { daysBetween } from '#domain/kit/school-year.ts';
import { useWidth } from '#web/shared/chart/useWidth.ts';
import { type DaySpan, dayTicks, monthTicks, placeOf, spanOf } from './day-axis.ts';
import style from './Gantt.module.css';

export type GanttTone = 'done' | 'now' | 'late' | 'ahead';

/** One step of the picture. */
export interface GanttRow {
  readonly key: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly tone: GanttTone;
  /** The last day that some have got beyond the end of the step. */
  readonly extendedTo?: string | undefined;
  /** Behind the title: how many stand there. */
  readonly note?: string | undefined;
}

interface GanttProps {
  /** What the picture shows, for screen readers. */
  label: string;
  rows: readonly GanttRow[];
  today: string;
  /** What a bar says in a narrow picture: how long it is, or its days. */
  brief?: 'length' | 'days';
  /** The step that is open; without `onOpen` nothing is chosen. */
  open?: string | undefined;
  onOpen?: (key: string) => void;
}

const marks: Readonly<Record<GanttTone, string>> = { done: '✓', now: '▸', late: '▲', ahead: '' };
const words: Readonly<Record<GanttTone, string>> = { done: '已完成', now: '进行中', late: '逾期', ahead: '未开始' };

/** A timetable: each step a bar on the axis of days, with today's line. Arrows walk through the steps. */
export function Gantt({ label, rows, today, brief = 'length', open, onOpen }: GanttProps) {
  const [box, width] = useWidth<HTMLDivElement>(720);
  const span = spanOf(
    [...rows, ...rows.flatMap(({ from, extendedTo }) => (extendedTo ? [{ from, to: extendedTo }] : []))],
    today,
  );
  if (span === null) return null;
  const hasToday = today >= span.from && today <= span.to;
  const isClear = (at: number) => !hasToday || Math.abs(at - placeOf(span, today)) * width > 2 * halfWord;
  const days = dayTicks(span, width).filter(({ at }) => isClear(at));
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
  function walk(event: KeyboardEvent<HTMLOListElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !onOpen) return;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
  return (
    <div className={style.gantt}>
      <div ref={box} className={style.axis} aria-hidden="true">
        {monthTicks(span, width).map(({ day, at, label: text }) => (
          <span key={day} className={style.month} style={{ insetInlineStart: percent(at) }}>
            {text}
          </span>
        ))}
        {days.map(({ day, at, label: text }) => (
          <span key={day} className={style.date} style={{ insetInlineStart: percent(at) }}>
            {text}
          </span>
        ))}
        {hasToday && (
          <span
            className={style.todayWord}
            style={{
              insetInlineStart: percent(placeOf(span, today)),
              translate: `${-50 + shiftOf(placeOf(span, today) * width, width)}% 0`,
            }}
          >
            今天
          </span>
        )}
      </div>
      <ol className={style.rows} aria-label={label} onKeyDown={walk}>
        {rows.map((row) => {
          const content = (
            <>
              <span className={style.title}>
                <span className={style.mark} aria-hidden="true">
                  {marks[row.tone]}
                </span>
                {row.title}
                <span className="visually-hidden">，{words[row.tone]}，</span>
                {row.note && <span className={style.note}>{row.note}</span>}
              </span>
              <span className={style.track}>
                {monthTicks(span, width).map(({ day, at }) => (
                  <span key={day} className={style.line} style={{ insetInlineStart: percent(at) }} />
                ))}
                {hasToday && (
                  <span className={style.today} style={{ insetInlineStart: percent(placeOf(span, today)) }} />
                )}
                <Bar span={span} row={row} width={width} brief={brief} percent={percent} />
              </span>
            </>
          );
          return (
            <li key={row.key} className={style[row.tone]}>
              {onOpen ? (
                <button
                  type="button"
                  className={style.row}
                  aria-pressed={row.key === open}
                  onClick={() => onOpen(row.key)}
                >
                  {content}
                </button>
              ) : (
                <div className={style.row}>{content}</div>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface BarProps {
  span: DaySpan;
  row: GanttRow;
  width: number;
  brief: 'length' | 'days';
  percent: (share: number) => string;
}

/** Half the word of today, in pixels: at the edges of the picture it stands inside. */
const halfWord = 18;

function shiftOf(at: number, width: number): number {
  if (at < halfWord) return 50;
  return at > width - halfWord ? -50 : 0;
}

/** The room that the words of a bar take, in pixels; in a narrow picture the number of days stands alone, or the days do. */
const [wordsRoom, daysRoom, briefRoom, moreRoom] = [156, 110, 48, 96];
const narrowPicture = 460;

function Bar({ span, row, width, brief, percent }: BarProps) {
  const { from, to, extendedTo } = row;
  const days = daysBetween(from, to) + 1;
  const whole = daysBetween(span.from, span.to) + 1;
  const [begin, size] = [placeOf(span, from), days / whole];
  const more = extendedTo !== undefined && extendedTo > to ? daysBetween(to, extendedTo) / whole : 0;
  const isBrief = width < narrowPicture;
  const ownDays = `${from.slice(5)} 至 ${to.slice(5)}`;
  const text = !isBrief ? `${ownDays}，${days} 天` : brief === 'days' ? ownDays : `${days} 天`;
  const room = !isBrief ? wordsRoom : brief === 'days' ? daysRoom : briefRoom;
  // The words stand behind the bar, and before it where the picture ends.
  const behind = 1 - begin - size - more;
  const isLate = behind * width < room + (more > 0 ? moreRoom : 0) && begin > behind;
  return (
    <>
      <span className={style.bar} style={{ insetInlineStart: percent(begin), inlineSize: percent(size) }} />
      {more > 0 && (
        <span className={style.more} style={{ insetInlineStart: percent(begin + size), inlineSize: percent(more) }} />
      )}
      <span
        className={isLate ? style.before : style.behind}
        style={isLate ? { insetInlineEnd: percent(1 - begin) } : { insetInlineStart: percent(begin + size + more) }}
      >
        {text}
        {more > 0 && `，有的延至 ${extendedTo?.slice(5)}`}
      </span>
    </>
  );
}
