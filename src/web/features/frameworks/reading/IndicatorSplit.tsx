import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { Indicator } from '#domain/framework/edition.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Tree } from '#web/shared/kit/choice/Tree.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { useSmall } from '#web/shared/page/useNarrow.ts';
import { pointsText, titleOf } from '../framework.words.ts';
import style from './IndicatorSplit.module.css';

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

/**
 * The tree of an edition beside the indicator that is open: arrows walk in the tree, J and K go on to the next and back from
 * everywhere. Where there is no room one of both is shown.
 */
export function IndicatorSplit({ indicators, node, onNode, note = ownNote, onDrop, children }: IndicatorSplitProps) {
  const small = useSmall();
  const found = indicators.findIndex(({ code }) => code === node);
  const at = found === -1 ? 0 : found;
  const open = indicators[at]!;
  const go = (to: number) => {
    const next = indicators[to];
    if (next) onNode(next.code);
  };
  useHotkeys({ j: () => go(at + 1), k: () => go(at - 1) });
  const nodes = useMemo(
    () =>
      indicators.map((indicator) => ({
        key: indicator.code,
        parent: indicator.parent,
        label: [indicator.code, titleOf(indicator), note(indicator)].filter(Boolean).join('　'),
      })),
    [indicators, note],
  );
  const list = useRef<HTMLElement>(null);
  // The open indicator may stand far below what the tree shows at first; the page itself does not move.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another indicator is open
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!list.current || !item) return;
    const [inside, box] = [item.getBoundingClientRect(), list.current.getBoundingClientRect()];
    if (inside.top < box.top || inside.bottom > box.bottom)
      list.current.scrollTop += inside.top - box.top - box.height / 3;
  }, [open.code]);
  const tree = <Tree label="指标" nodes={nodes} current={open.code} onChoose={onNode} onDrop={onDrop} />;
  if (small) {
    if (found === -1) return tree;
    return (
      <div>
        <div className={style.walk}>
          <Button onClick={() => onNode(null)}>全部指标</Button>
          <Button disabled={at === 0} onClick={() => go(at - 1)}>
            上一项
          </Button>
          <Button disabled={at === indicators.length - 1} onClick={() => go(at + 1)}>
            下一项
          </Button>
        </div>
        {children(open)}
      </div>
    );
  }
  return (
    <Split columns="minmax(16rem, 24rem) minmax(0, 1fr)" stacked="tablet">
      <nav ref={list} className={`${style.tree} screen-only`} aria-label="指标目录">
        {tree}
      </nav>
      <div>{children(open)}</div>
    </Split>
  );
}

const ownNote = ({ points, reading }: Indicator) =>
  points === 'none' ? undefined : points === null ? '分值未见' : `${pointsText(points)}${reading ? '（推读）' : ''}`;
