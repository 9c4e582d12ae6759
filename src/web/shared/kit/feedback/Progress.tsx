import { formatNumber, formatPercent } from '../../words/format.ts';
import style from './Progress.module.css';

interface ProgressProps {
  label: string;
  value: number;
  of: number;
  /** The unit of the count: `所学校`. */
  unit?: string;
}

/** The progress of something, as a bar with its words: `县级批准 61% · 29 / 47 所学校`. */
export function Progress({ label, value, of, unit = '' }: ProgressProps) {
  const share = of === 0 ? 0 : value / of;
  return (
    <div className={style.progress}>
      <span className={style.label}>{label}</span>
      <span
        className={style.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={value}
        aria-valuetext={`${formatNumber(value)} / ${formatNumber(of)} ${unit}`}
      >
        <span className={style.done} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className={style.share}>{of === 0 ? '—' : formatPercent(share)}</span>
      <span className={style.count}>
        {formatNumber(value)} / {formatNumber(of)} {unit}
      </span>
    </div>
  );
}
