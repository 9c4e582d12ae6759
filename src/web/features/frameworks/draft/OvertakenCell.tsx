import { wholeCode } from '#contract/frameworks/frameworks.ts';
import { ConflictChoice } from '#web/shared/drafts/ConflictChoice.tsx';
import { cellTitles } from '../framework.words.ts';
import type { Cell } from './changed-cells.ts';

interface OvertakenCellProps {
  cell: Cell;
  /** What stands there now. */
  theirs: Cell['value'];
  onChoose: (choice: 'mine' | 'theirs') => void;
}

/** Shown at a cell that somebody else has written while this person was typing into it. */
export function OvertakenCell({ cell, theirs, onChoose }: OvertakenCellProps) {
  const { code, field, value, version } = cell;
  const sentence = `您填写期间，${code === wholeCode ? '整个体系' : `指标 ${code} `}的${cellTitles[field]}另有保存，您填的还没有保存。请选定一个。`;
  const conflict = { theirs, version, by: null, at: null, sentence };
  return (
    <ConflictChoice<Cell['value']>
      cell={{ value, version, sequence: 0, at: 0, conflict }}
      show={shown}
      onChoose={onChoose}
    />
  );
}

/** How much of a text a button shows. */
const mostShown = 30;

function shown(value: Cell['value']): string {
  if (value === null || value === '') return '（空）';
  if (value === 'none') return '不计分';
  if (typeof value === 'object') return '改过的内容';
  const text = String(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
