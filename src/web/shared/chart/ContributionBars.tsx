import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '#web/shared/words/format.ts';
import style from './ContributionBars.module.css';

export interface Contribution {
  readonly id: string;
  readonly name: ReactNode;
  /** Part of the sum of squares, 0 to 1. */
  readonly share: number;
  readonly value: number;
  readonly side: 'above' | 'below' | 'equal';
}

interface ContributionBarsProps {
  contributions: readonly Contribution[];
  unit: string;
  decimals: number;
  active?: string | null;
  onActive?: (id: string | null) => void;
}

const sides = { above: '高于均值', below: '低于均值', equal: '等于均值' } as const;
const arrows = { above: '↑', below: '↓', equal: '=' } as const;

/** The schools that make the coefficient: each one's share of the sum, its value, and its side of the mean. */
export function ContributionBars({ contributions, unit, decimals, active, onActive }: ContributionBarsProps) {
  const largest = Math.max(0, ...contributions.map((line) => line.share)) || 1;
  return (
    <ol className={style.list}>
      {contributions.map((line) => (
        <li
          key={line.id}
          className={line.id === active ? style.active : undefined}
          onMouseEnter={() => onActive?.(line.id)}
          onMouseLeave={() => onActive?.(null)}
        >
          <span className={style.name}>{line.name}</span>
          <span className={style.track} aria-hidden="true">
            <span
              className={`${style.bar} ${style[line.side]}`}
              style={{ inlineSize: `${(line.share / largest) * 100}%` }}
            />
          </span>
          <span className="numbers">{formatPercent(line.share, line.share < 0.1 ? 1 : 0)}</span>
          <span className="numbers soft">
            {formatNumber(line.value, decimals)}
            <span className="visually-hidden">
              {unit}，{sides[line.side]}
            </span>{' '}
            <span aria-hidden="true">{arrows[line.side]}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
