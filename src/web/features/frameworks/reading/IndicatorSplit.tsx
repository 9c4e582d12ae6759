import { type ReactNode, useCallback } from 'react';
import type { Indicator } from '#domain/framework/edition.ts';
import { CodeSplit } from '#web/shared/framework/CodeSplit.tsx';
import { pointsText, titleOf } from '#web/shared/framework/indicator.words.ts';

interface IndicatorSplitProps {
  indicators: readonly Indicator[];
  /** The indicator that is open; null: the first, and on a phone the tree. */
  node: string | null;
  onNode: (code: string | null) => void;
  /** What stands behind an indicator in the tree, in place of its points. */
  note?: (indicator: Indicator) => string | undefined;
  /** An indicator was dragged in the tree onto another. */
  onDrop?: (code: string, onto: string, where: 'before' | 'below') => void;
  children: (indicator: Indicator) => ReactNode;
}

/** The tree of an edition beside the indicator that is open. */
export function IndicatorSplit({ indicators, node, onNode, note = ownNote, onDrop, children }: IndicatorSplitProps) {
  const label = useCallback(
    (indicator: Indicator) => [indicator.code, titleOf(indicator), note(indicator)].filter(Boolean).join('　'),
    [note],
  );
  return (
    <CodeSplit items={indicators} open={node} onOpen={onNode} label={label} onDrop={onDrop}>
      {children}
    </CodeSplit>
  );
}

const ownNote = ({ points, reading }: Indicator) =>
  points === 'none' ? undefined : points === null ? '分值未见' : `${pointsText(points)}${reading ? '（推读）' : ''}`;
