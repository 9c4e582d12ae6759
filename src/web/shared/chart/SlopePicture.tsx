import { useState } from 'react';
import { linear } from '#domain/plot/scale.ts';
import { formatPercent } from '../words/format.ts';
import style from './SlopePicture.module.css';
import { spreadLabels } from './spread-labels.ts';
import { useWidth } from './useWidth.ts';

export interface SlopeLine {
  readonly key: string;
  readonly name: string;
  /** Shares of what could be reached, from 0 to 1. */
  readonly from: number;
  readonly to: number;
}

interface SlopePictureProps {
  /** The question that the picture answers, and the sentence that answers it. */
  question: string;
  sentence: string;
  /** What stands on the two sides: `自评`, `市评`. */
  sides: readonly [from: string, to: string];
  lines: readonly SlopeLine[];
  onOpen?: (key: string) => void;
}

const [top, row, labelWidth] = [28, 17, 206];

/** How far a label stands from its dot: a line between them says whose it is where labels make room for each other. */
const leader = 18;

/** Where each thing stands before and after: a line falls where less came out than was claimed. */
export function SlopePicture({ question, sentence, sides, lines, onOpen }: SlopePictureProps) {
  const [box, width] = useWidth<HTMLDivElement>(520);
  const [hot, setHot] = useState<string | null>(null);
  const narrow = width < 460;
  const edge = narrow ? 60 : labelWidth;
  const height = Math.max(200, lines.length * row);
  const values = lines.flatMap(({ from, to }) => [from, to]);
  const least = Math.max(0, Math.floor((Math.min(1, ...values) - 0.02) * 20) / 20);
  const y = linear([least, 1], [top + height, top]);
  const room = [top, top + height] as const;
  const leftLabels = spreadLabels(
    lines.map(({ from }) => y(from)),
    row,
    room,
  );
  const rightLabels = spreadLabels(
    lines.map(({ to }) => y(to)),
    row,
    room,
  );
  const bottom = Math.max(top + height, ...leftLabels, ...rightLabels) + 12;
  const [x1, x2] = [edge, Math.max(edge + 60, width - edge)];
  return (
    <figure className={style.figure}>
      <figcaption>
        <strong>{question}</strong> <span className="soft">{sentence}</span>
      </figcaption>
      <div ref={box} className={style.box}>
        <svg width={width} height={bottom} role="img" aria-label={`${question}${sentence}`}>
          <text className={style.side} x={x1} y={14} textAnchor="end">
            {sides[0]}
          </text>
          <text className={style.side} x={x2} y={14}>
            {sides[1]}
          </text>
          <line className={style.axis} x1={x1} x2={x1} y1={top - 6} y2={bottom - 6} />
          <line className={style.axis} x1={x2} x2={x2} y1={top - 6} y2={bottom - 6} />
          {lines.map(({ key, name, from, to }, at) => {
            const tone = to < from ? style.falls : to > from ? style.rises : style.same;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it opens the same by keyboard
              <g
                key={key}
                className={`${tone} ${hot !== null && hot !== key ? style.dim : ''} ${onOpen ? style.opens : ''}`}
                onPointerEnter={() => setHot(key)}
                onPointerLeave={() => setHot(null)}
                onClick={() => onOpen?.(key)}
              >
                <title>{`${name}：${sides[0]} ${formatPercent(from, 1)}，${sides[1]} ${formatPercent(to, 1)}`}</title>
                <line className={style.hit} x1={x1} x2={x2} y1={y(from)} y2={y(to)} />
                <line className={style.line} x1={x1} x2={x2} y1={y(from)} y2={y(to)} />
                <line className={style.leader} x1={x1 - 4} x2={x1 - leader} y1={y(from)} y2={leftLabels[at]!} />
                <line className={style.leader} x1={x2 + 4} x2={x2 + leader} y1={y(to)} y2={rightLabels[at]!} />
                <circle cx={x1} cy={y(from)} r={3} />
                <circle cx={x2} cy={y(to)} r={3} />
                <text x={x1 - leader - 4} y={leftLabels[at]! + 4} textAnchor="end">
                  {narrow ? formatPercent(from) : `${short(name)} ${formatPercent(from)}`}
                </text>
                <text x={x2 + leader + 4} y={rightLabels[at]! + 4}>
                  {narrow ? `${formatPercent(to)}` : `${formatPercent(to)} ${short(name)}`}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </figure>
  );
}

const mostLetters = 11;
const short = (name: string) => (name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name);
