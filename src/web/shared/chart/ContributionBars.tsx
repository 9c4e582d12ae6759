import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '#web/shared/format.ts';
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
  /** Table caption; said, not seen. */
  caption: string;
  contributions: readonly Contribution[];
  unit: string;
  decimals: number;
  active?: string | null;
  onActive?: (id: string | null) => void;
}

const sides = { above: '高于均值', below: '低于均值', equal: '等于均值' } as const;

/** Who makes the coefficient: each school's share of the sum, as a table whose bars can be read without reading. */
export function ContributionBars(props: ContributionBarsProps) {
  const largest = Math.max(0, ...props.contributions.map((line) => line.share)) || 1;
  return (
    <table className={style.table}>
      <caption className="visually-hidden">{props.caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">学校</th>
          <th scope="col">占差异的比重</th>
          <th scope="col">数值（{props.unit || '比值'}）</th>
        </tr>
      </thead>
      <tbody>
        {props.contributions.map((line) => (
          <tr
            key={line.id}
            className={line.id === props.active ? style.active : undefined}
            onMouseEnter={() => props.onActive?.(line.id)}
            onMouseLeave={() => props.onActive?.(null)}
          >
            <td className={style.name}>{line.name}</td>
            <td className={style.share}>
              <span className={style.track} aria-hidden="true">
                <span
                  className={`${style.bar} ${style[line.side]}`}
                  style={{ inlineSize: `${(line.share / largest) * 100}%` }}
                />
              </span>
              <span className="tabular">{formatPercent(line.share, line.share < 0.1 ? 1 : 0)}</span>
            </td>
            <td className={`numbers ${style.value}`}>
              {formatNumber(line.value, props.decimals)}
              <span className={style.side}>
                <span aria-hidden="true">{line.side === 'above' ? '↑' : line.side === 'below' ? '↓' : '='}</span>
                <span className="visually-hidden">{sides[line.side]}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
