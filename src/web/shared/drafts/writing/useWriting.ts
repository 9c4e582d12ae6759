import { useEffect, useRef, useState } from 'react';
import { personOf } from '#web/shared/session/local-copies.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { hearDrops, onLeaving } from '#web/shared/session/unsent.ts';
import { ownerOfTab } from '../useDrafts.ts';
import { hasPartsOf, keepWriting, readWriting, type Writing } from './writing-keep.ts';

interface WritingOf<Value> {
  /** One word, the same for all texts of this sort. */
  readonly kind: string;
  readonly subjectId: string;
  /** What it is called where it would be lost: `公文“关于……的通知”`. */
  readonly title: string;
  readonly revision: number;
  readonly value: Value;
  /** The server does not have it as it stands here. */
  readonly changed: boolean;
  /** Saves it now, where it is saved by itself; true when the server has it. */
  readonly send?: () => Promise<boolean>;
  /** Whether two texts say the same; without it they are compared as they are stored. */
  readonly same?: (one: Value, other: Value) => boolean;
}

/** A text that its author left here earlier, with what becomes of it. */
export interface LeftWriting<Value> extends Writing<Value> {
  /** The thing was saved since. */
  readonly overtaken: boolean;
  /** It is in the hands of the page now, or nobody wants it. */
  readonly settle: (fate: 'taken' | 'given up') => void;
}

/** A text that is open on this page. */
interface OpenText {
  readonly owner: string;
  readonly flush: () => void;
  readonly send: () => Promise<unknown>;
  readonly unkept: () => { kind: string; subjectId: string; part: string; line: string } | null;
  readonly drop: () => void;
}

const openTexts = new Set<OpenText>();
let heard = false;

/** The ends of a session and a change of post find the texts of this page. */
function hearEnds(): void {
  if (heard) return;
  heard = true;
  hearDrops();
  onLeaving({
    send: async () => {
      for (const text of openTexts) text.flush();
      await Promise.all([...openTexts].map((text) => text.send()));
    },
    unkept: () => [...openTexts].flatMap((text) => text.unkept() ?? []),
    drop: (personId) => {
      for (const text of openTexts) if (personOf(text.owner) === personId) text.drop();
    },
  });
}

const sameStored = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** A pause in the typing after which the text is stored; leaving the page stores it at once. */
const pause = 300;

/**
 * Keeps a whole text on this machine from the first change until the server has it, so that neither the end of a session
 * nor a closed window takes it away. Returns what the same person left here earlier, until it is decided.
 */
export function useWriting<Value>(of: WritingOf<Value>): LeftWriting<Value> | null {
  const session = useSession();
  const owner = ownerOfTab(session);
  const { kind, subjectId, revision, value, changed } = of;
  const name = { kind, owner, subjectId };
  const same = of.same ?? sameStored;
  const [found] = useState(() => {
    const read = readWriting<Value>(localStorage, name);
    return read !== null && hasPartsOf(read.value, value) ? read : null;
  });
  const [isSame] = useState(() => found !== null && same(found.value, value));
  const [left, setLeft] = useState<Writing<Value> | null>(isSame ? (found?.earlier ?? null) : found);
  // Nothing that was left here is given up before it is decided.
  const undecided = useRef(left);
  undecided.current = left;
  const latest = useRef(of);
  latest.current = of;
  // A copy of what the server has by now is ours to remove.
  const kept = useRef({ isKept: true, isOurs: isSame, dropped: false });

  function store(): void {
    const { revision, value, changed } = latest.current;
    if (kept.current.dropped) return;
    const earlier = undecided.current ?? undefined;
    if (changed) {
      const isKept = keepWriting(localStorage, name, { value, revision, at: Date.now(), earlier });
      kept.current = { ...kept.current, isKept, isOurs: true };
    } else if (kept.current.isOurs) {
      keepWriting(localStorage, name, earlier ?? null);
      kept.current = { ...kept.current, isKept: true, isOurs: false };
    }
  }
  const storing = useRef(store);
  storing.current = store;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new text begins the pause anew
  useEffect(() => {
    if (!changed) storing.current();
    const timer = setTimeout(() => storing.current(), pause);
    return () => clearTimeout(timer);
  }, [value, changed, revision]);

  useEffect(() => {
    hearEnds();
    const flush = () => storing.current();
    const text: OpenText = {
      owner,
      flush,
      send: async () => (latest.current.changed ? latest.current.send?.() : undefined),
      unkept: () => {
        const { kind, subjectId, title, changed } = latest.current;
        return changed && !kept.current.isKept ? { kind, subjectId, part: 'text', line: title } : null;
      },
      drop: () => {
        kept.current = { ...kept.current, dropped: true };
        setLeft(null);
      },
    };
    openTexts.add(text);
    addEventListener('pagehide', flush);
    return () => {
      flush();
      removeEventListener('pagehide', flush);
      openTexts.delete(text);
      void text.send().then((hasArrived) => {
        if (hasArrived === true) keepWriting(localStorage, { kind, owner, subjectId }, undecided.current);
      });
    };
  }, [kind, owner, subjectId]);

  // It may have arrived while this page opened.
  if (left === null || same(left.value, value)) return null;
  return {
    ...left,
    overtaken: left.revision !== revision,
    settle(fate) {
      const next = left.earlier ?? null;
      undecided.current = next;
      setLeft(next);
      if (fate === 'taken') kept.current = { ...kept.current, isOurs: true };
      else if (kept.current.isOurs) store();
      else keepWriting(localStorage, name, next);
    },
  };
}
