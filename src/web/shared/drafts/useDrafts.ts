import { useSyncExternalStore } from 'react';
import { asProblem } from '../problem.ts';
import { onSignOut, useSession } from '../session.tsx';
import { DraftKeep } from './draft-keep.ts';
import type { DraftPost } from './draft-post.ts';
import { DraftSender, type DraftSnapshot } from './draft-sender.ts';

export interface DraftKind<Value> {
  /** Names the local copies, in one word. */
  readonly kind: string;
  readonly send: DraftPost<Value>['send'];
}

/** The sender and where it stands. */
export interface Drafts<Value> {
  readonly sender: DraftSender<Value>;
  readonly drafts: DraftSnapshot<Value>;
}

/** The drafts of one kind of subject, whoever is signed in. */
export interface DraftDesk<Value> {
  senderOf(personId: string): DraftSender<Value>;
}

/**
 * Opens the drafts of one kind of subject; called once, beside the feature. There is one sender for the person who is
 * signed in, whatever page is open: leaving a page leaves nothing unsent.
 */
export function draftsOf<Value>({ kind, send }: DraftKind<Value>): DraftDesk<Value> {
  let current: { person: string; sender: DraftSender<Value> } | null = null;
  function close(): void {
    if (!current) return;
    removeEventListener('online', current.sender.tryNow);
    current.sender.close();
    current = null;
  }
  onSignOut(close);
  return {
    senderOf(person) {
      if (current?.person === person) return current.sender;
      close();
      // `crypto.randomUUID` does not exist where an office opens the desk by http at an address of its own.
      const tab = crypto.getRandomValues(new Uint32Array(3)).join('-');
      const keep = new DraftKeep<Value>(localStorage, kind, person, tab);
      const sender = new DraftSender<Value>({ send, refusalOf: asProblem }, keep, clock);
      addEventListener('online', sender.tryNow);
      current = { person, sender };
      return sender;
    },
  };
}

/** The drafts of the person who is signed in, as they stand. */
export function useDrafts<Value>(desk: DraftDesk<Value>): Drafts<Value> {
  const sender = desk.senderOf(useSession().person.id);
  const drafts = useSyncExternalStore(sender.subscribe, sender.read);
  return { sender, drafts };
}

const clock = {
  now: () => Date.now(),
  after: (milliseconds: number, act: () => void) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};
