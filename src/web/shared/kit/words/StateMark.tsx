import type { ReactNode } from 'react';
import style from './StateMark.module.css';

type Shape =
  | 'disc'
  | 'ring'
  | 'half'
  | 'quarter'
  | 'dotted'
  | 'return'
  | 'triangle'
  | 'cross'
  | 'check'
  | 'target'
  | 'lock'
  | 'speech'
  | 'bar';
type Tone = 'holds' | 'look' | 'fails' | 'accent' | 'faint';

/** A mark, a tone and a word, always together. A shape has one meaning on the whole desk (`test/house/sources/marks.test.ts`). */
export interface StateLook {
  readonly shape: Shape;
  readonly tone: Tone;
  readonly word: string;
}

/**
 * The states that things of many features have. The states of a flow or of a verdict belong to their feature, which
 * gives them to other pages by its door (`stateMarks`).
 */
export const commonMarks = {
  notStarted: { shape: 'dotted', tone: 'faint', word: '未开始' },
  valid: { shape: 'check', tone: 'holds', word: '有效' },
  invalid: { shape: 'cross', tone: 'fails', word: '不符' },
  attention: { shape: 'triangle', tone: 'look', word: '需处理' },
  locked: { shape: 'lock', tone: 'faint', word: '已锁定' },
  closed: { shape: 'bar', tone: 'faint', word: '已撤销' },
} as const satisfies Record<string, StateLook>;

export type StateName = keyof typeof commonMarks;

interface StateMarkProps {
  state: StateName | StateLook;
  /** Another word for the same state, where the subject has one (`已绑定`). */
  text?: string;
  /** In a dense cell the word is only for screen readers; the column's head explains the marks. */
  markOnly?: boolean;
  children?: ReactNode;
}

export function StateMark({ state, text, markOnly, children }: StateMarkProps) {
  const { shape, tone, word }: StateLook = typeof state === 'string' ? commonMarks[state] : state;
  return (
    <span className={`${style.state} ${style[tone]}`} title={markOnly ? (text ?? word) : undefined}>
      <Mark shape={shape} />
      <span className={markOnly ? 'visually-hidden' : undefined}>{text ?? word}</span>
      {children}
    </span>
  );
}

function Mark({ shape }: { shape: Shape }) {
  return (
    <svg className={style.mark} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {shapes[shape]}
    </svg>
  );
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.4 } as const;

const shapes: Record<Shape, ReactNode> = {
  disc: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4" {...line} />,
  dotted: <circle cx="6" cy="6" r="4" {...line} strokeDasharray="1.5 1.64" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" {...line} />
      <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" />
    </>
  ),
  quarter: (
    <>
      <circle cx="6" cy="6" r="4" {...line} />
      <path d="M6 6V2a4 4 0 0 1 4 4z" fill="currentColor" />
    </>
  ),
  target: (
    <>
      <circle cx="6" cy="6" r="4.4" {...line} />
      <circle cx="6" cy="6" r="2.2" fill="currentColor" />
    </>
  ),
  return: <path d="M4.2 1.6 1.6 4.2l2.6 2.6M2 4.2h5.4a2.6 2.6 0 0 1 0 5.2H3.6" {...line} />,
  triangle: <path d="M6 1.3 11 10.4H1z" fill="currentColor" />,
  cross: <path d="m2.2 2.2 7.6 7.6m0-7.6-7.6 7.6" {...line} strokeWidth={1.8} />,
  check: <path d="m1.8 6.4 2.9 3L10.3 3" {...line} strokeWidth={1.8} />,
  lock: <path d="M2.5 5.5h7v5h-7zM4 5.5V3.7a2 2 0 0 1 4 0v1.8" {...line} />,
  speech: <path d="M1.5 2h9v6H6.2L3.6 10.4V8H1.5z" {...line} />,
  bar: <path d="M2 6h8" {...line} strokeWidth={1.8} />,
};
