import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { unreachable } from '../call/problem.ts';
import { toast } from './feedback/toast.ts';

/** A part of the desk that is loaded when it is first needed, not with the page. */
export interface Late<Part> {
  /** Null until it is here. */
  readonly read: () => Part | null;
  /** Begins to load it; rejects where it cannot be had now, and may be called again. */
  readonly load: () => Promise<Part>;
  readonly subscribe: (listen: () => void) => () => void;
}

/** `const popup = late(() => import('./menu/MenuPopup.tsx'))` */
export function late<Part>(bring: () => Promise<Part>): Late<Part> {
  let part: Part | null = null;
  let coming: Promise<Part> | null = null;
  const listeners = new Set<() => void>();
  return {
    read: () => part,
    load: () => {
      coming ??= bring().then(
        (come) => {
          part = come;
          for (const listen of listeners) listen();
          return come;
        },
        (error: unknown) => {
          coming = null;
          throw error;
        },
      );
      return coming;
    },
    subscribe: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

/** The part once it is here. */
export function useLate<Part>(one: Late<Part>): Part | null {
  return useSyncExternalStore(one.subscribe, one.read);
}

/** Loads it when the page has nothing else to do, so that it is here before it is needed; the result calls it off. */
export function whenIdle(one: Late<unknown>): () => void {
  // Whoever needs it asks again, and is told then.
  const load = () => void one.load().catch(() => {});
  if (typeof requestIdleCallback === 'function') {
    const idle = requestIdleCallback(load);
    return () => cancelIdleCallback(idle);
  }
  const timer = setTimeout(load, 1500);
  return () => clearTimeout(timer);
}

/** Draws a part once it is here, and says so where it cannot be had now: a dialog that few open weighs on no page. */
export function WhenHere<Part>({ late: one, children }: { late: Late<Part>; children: (part: Part) => ReactNode }) {
  const part = useLate(one);
  useEffect(() => {
    one.load().catch((error: unknown) => toast.problem(unreachable(error)));
  }, [one]);
  return part && children(part);
}
