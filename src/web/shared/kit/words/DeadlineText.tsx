import { daysBetween } from '#domain/kit/school-year.ts';
import { formatDate, today } from '../../words/format.ts';
import style from './DeadlineText.module.css';

interface DeadlineTextProps {
  /** `YYYY-MM-DD` or a moment. */
  date: string;
  /** Today unless the installation has a reference date. */
  now?: string;
  /** Done already: the date is shown without the remaining days. */
  met?: boolean;
  /** The article or notice that sets it. */
  basis?: string;
}

/** `2026-11-23 还有 4 天`; ochre within a week, red when it has passed. */
export function DeadlineText({ date, now = today(), met, basis }: DeadlineTextProps) {
  const day = formatDate(date);
  const days = daysBetween(now, day);
  return (
    <span className={style.deadline}>
      <time dateTime={day} className="tabular">
        {day}
      </time>
      {!met && <span className={days < 0 ? style.passed : days <= 7 ? style.near : style.far}>{daysLeft(days)}</span>}
      {basis && <span className="caption">{basis}</span>}
    </span>
  );
}

/** `还有 4 天`, `今天到期`, `逾期 2 天`. */
export function daysLeft(days: number): string {
  if (days === 0) return '今天到期';
  return days > 0 ? `还有 ${days} 天` : `逾期 ${-days} 天`;
}
