import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Tree } from '#web/shared/kit/choice/Tree.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { useNarrow, useSmall } from '#web/shared/page/useNarrow.ts';
import style from './CodeSplit.module.css';

/** A row of a tree of indicators. */
interface Coded {
  readonly code: string;
  readonly parent: string | null;
}

interface CodeSplitProps<Item extends Coded> {
  /** At least one; a parent stands before its children. */
  items: readonly Item[];
  /** The item that is open; null: the first that is walked to, and on a phone the tree. */
  open: string | null;
  onOpen: (code: string | null) => void;
  /** The line of an item in words, for screen readers and for typing ahead. */
  label: (item: Item) => string;
  /** The line as it is drawn; absent: its words. */
  draw?: (item: Item) => ReactNode;
  /** Where J and K stop; absent: at every item. */
  stops?: (item: Item) => boolean;
  /** Above the tree. */
  head?: ReactNode;
  /** The tree and the open item as CSS tracks. */
  columns?: string;
  /** An item was dragged in the tree onto another. */
  onDrop?: ((code: string, onto: string, where: 'before' | 'below') => void) | undefined;
  /** On a phone the item has its own way to the next. */
  walksItself?: boolean;
  children: (item: Item, walk: Walk) => ReactNode;
}

/** The way to the next stop and to the one before; null at the ends. */
export interface Walk {
  readonly next: (() => void) | null;
  readonly previous: (() => void) | null;
}

/**
 * The tree of an edition beside the indicator that is open: arrows walk in the tree, J and K go on to the next and back from
 * everywhere. Where there is no room one of both is shown.
 */
export function CodeSplit<Item extends Coded>(props: CodeSplitProps<Item>) {
  const { items, open: code, onOpen, label, draw, stops = everywhere, head, onDrop, children } = props;
  const { columns = 'minmax(16rem, 24rem) minmax(0, 1fr)', walksItself = false } = props;
  const narrow = useNarrow();
  const small = useSmall();
  const found = items.findIndex((item) => item.code === code);
  const firstStop = items.findIndex(stops);
  const at = found === -1 ? Math.max(0, firstStop) : found;
  const open = items[at]!;
  // What stood open beside the tree stays open where the room for both ends, with all that was begun in it.
  const [beside, setBeside] = useState<string | null>(null);
  if (!small && beside !== open.code) setBeside(open.code);
  const nextAt = items.findIndex((item, place) => place > at && stops(item));
  const previousAt = items.findLastIndex((item, place) => place < at && stops(item));
  const goTo = (place: number) => (place === -1 ? null : () => onOpen(items[place]!.code));
  const walk: Walk = { next: goTo(nextAt), previous: goTo(previousAt) };
  useHotkeys({ j: () => walk.next?.(), k: () => walk.previous?.() });
  const nodes = useMemo(
    () =>
      items.map((item) => ({
        key: item.code,
        parent: item.parent,
        label: label(item),
        ...(draw ? { drawn: draw(item) } : {}),
      })),
    [items, label, draw],
  );
  const list = useRef<HTMLElement>(null);
  // The open indicator may stand far below what the tree shows at first; the page itself does not move. The lines of the tree
  // are drawn a moment after the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another indicator is open
  useEffect(() => {
    let frame = 0;
    const show = (left: number) => {
      if (!list.current || showSelected(list.current) || left === 0) return;
      frame = requestAnimationFrame(() => show(left - 1));
    };
    show(mostFrames);
    return () => cancelAnimationFrame(frame);
  }, [open.code]);
  const tree = <Tree label="指标" nodes={nodes} current={open.code} onChoose={onOpen} onDrop={onDrop} />;
  if (small && found === -1 && beside !== open.code) {
    return (
      <>
        {head}
        {tree}
      </>
    );
  }
  const showTree = () => {
    setBeside(null);
    onOpen(null);
  };
  return (
    <Split columns={columns} stacked="tablet">
      {!small && (
        <nav ref={list} className={`${style.tree} screen-only`} aria-label="指标目录">
          {head}
          {tree}
        </nav>
      )}
      <div>
        {small && (
          <div className={style.walk}>
            <Button onClick={showTree}>全部指标</Button>
            {!(walksItself && narrow) && (
              <>
                <Button disabled={!walk.previous} onClick={() => walk.previous?.()}>
                  上一项
                </Button>
                <Button disabled={!walk.next} onClick={() => walk.next?.()}>
                  下一项
                </Button>
              </>
            )}
          </div>
        )}
        {children(open, walk)}
      </div>
    </Split>
  );
}

/** For so many pictures the lines of a tree are waited for. */
const mostFrames = 30;

/** Scrolls a list to its chosen line; false while there is none. */
function showSelected(list: HTMLElement): boolean {
  const item = list.querySelector<HTMLElement>('[aria-selected="true"]');
  if (!item) return false;
  const [inside, box] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  if (inside.top < box.top || inside.bottom > box.bottom) list.scrollTop += inside.top - box.top - box.height / 3;
  return true;
}

const everywhere = () => true;
