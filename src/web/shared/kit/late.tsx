import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { unreachable } from '../call/problem.ts';
import { toast } from './feedback/toast.ts';

/** A part of the desk that is loaded when it is first needed, not with the page. */
export interface Late<Part> {
  /** Null until it is loaded. */
  readonly read: () => Part | null;
  /** Begins to load it. Rejects where it cannot be loaded now, and may be called again. */
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

/** The part once it is loaded. */
export function useLate<Part>(one: Late<Part>): Part | null {
  return useSyncExternalStore(one.subscribe, one.read);
}

/** Loads it when the page has nothing else to do, so that it is here before it is needed; the result cancels this. */
export function whenIdle(one: Late<unknown>): () => void {
  // A page that needs it asks again and then reports the failure.
  const load = () => void one.load().catch(() => {});
  if (typeof requestIdleCallback === 'function') {
    const idle = requestIdleCallback(load);
    return () => cancelIdleCallback(idle);
  }
  const timer = setTimeout(load, 1500);
  return () => clearTimeout(timer);
}

/**
 * Draws a part once it is loaded, and reports when it cannot be loaded now. A rarely opened dialog then slows no page
 * down.
 */
export function WhenHere<Part>({ late: one, children }: { late: Late<Part>; children: (part: Part) => ReactNode }) {
  const part = useLate(one);
  useEffect(() => {
    one.load().catch((error: unknown) => toast.problem(unreachable(error)));
  }, [one]);
  return part && children(part);
}
