import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from '../page/useHotkeys.ts';
import type { QueueRow } from './ReviewQueue.tsx';

export interface ReviewWalk {
  /** The subject on screen: the one in the address, even where the queue does not hold it, else the first. */
  readonly current: string | undefined;
  /** Its index among the rows; −1 where they do not hold it. */
  readonly at: number;
  /** The subjects shown since the page was opened. */
  readonly opened: ReadonlySet<string>;
  /** How many were decided since the page was opened. */
  readonly decided: number;
  readonly open: (index: number) => void;
  /** A decided subject leaves the queue; the next one takes its place. */
  readonly onDecided: () => void;
  /**
   * Many were decided at once: the page leaves the subject on screen where it is among them, for the first that is left.
   */
  readonly onDecidedAll: (ids: readonly string[]) => void;
  /** So many decisions were taken back: their subjects wait again. */
  readonly onUndone: (count: number) => void;
}

interface WalkOptions {
  readonly rows: readonly QueueRow[];
  /** Loads further rows; called near the end. */
  readonly more: (() => void) | null;
  /** The subject in the address. */
  readonly named: string | undefined;
  readonly show: (id: string | undefined) => void;
}

/** Moves through a queue: `J` to the next subject, `K` back. */
export function useReviewWalk({ rows, more, named, show }: WalkOptions): ReviewWalk {
  const at = named === undefined ? 0 : rows.findIndex((row) => row.id === named);
  const current = named ?? rows[0]?.id;
  const opened = useRef(new Set<string>());
  useEffect(() => {
    if (current) opened.current.add(current);
  }, [current]);
  const [decided, setDecided] = useState(0);
  function open(index: number) {
    const row = rows[index];
    if (row) show(row.id);
    if (index >= rows.length - 2) more?.();
  }
  function onDecided() {
    setDecided((count) => count + 1);
    const next = rows[at + 1] ?? rows[at - 1];
    if (at >= rows.length - 2) more?.();
    show(next?.id);
  }
  function onDecidedAll(ids: readonly string[]) {
    setDecided((count) => count + ids.length);
    if (current !== undefined && ids.includes(current)) show(undefined);
  }
  const onUndone = (count: number) => setDecided((before) => Math.max(0, before - count));
  useHotkeys({ j: () => open(at + 1), k: () => open(at - 1) });
  return { current, at, opened: opened.current, decided, open, onDecided, onDecidedAll, onUndone };
}
