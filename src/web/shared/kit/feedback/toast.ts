import { ProblemError } from '../../call/problem.ts';

export interface ToastItem {
  id: number;
  text: string;
  tone: 'said' | 'problem';
  reference?: string | undefined;
  /** What it offers: to take back what was done, by a key too, or to go to what came of it. */
  action?: { verb: string; run: () => void; leads?: boolean };
  /** The thing of which it offers to take an act back, or of which an act was refused. */
  about?: string | undefined;
  /** Milliseconds on screen; problems stay until they are closed. */
  stays: number | null;
}

let items: readonly ToastItem[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: readonly ToastItem[]): void {
  items = to;
  for (const listen of listeners) listen();
}

function add(item: Omit<ToastItem, 'id'>): void {
  // The same sentence is shown only once: a batch of refusals does not fill the screen.
  const others = items.filter((other) => other.text !== item.text);
  change([...others, { ...item, id: next++ }].slice(-4));
}

/** Short messages at the lower edge: what was done, how to undo it, or what went wrong. */
export const toast = {
  say: (text: string) => add({ text, tone: 'said', stays: 5000 }),
  /** Says what was done and offers to undo it for ten seconds. */
  undo: (text: string, run: () => void, { verb = '撤销', about }: { verb?: string; about?: string } = {}) =>
    add({ text, tone: 'said', stays: 10_000, action: { verb, run }, about }),
  /** Says what was done and leads to what came of it. */
  lead: (text: string, verb: string, run: () => void) =>
    add({ text, tone: 'said', stays: 10_000, action: { verb, run, leads: true } }),
  /**
   * Takes away what is offered of this thing or was refused of it: a later act stands on the one that could be taken back, and
   * has done what was refused.
   */
  settle: (about: string) => change(items.filter((item) => item.about !== about)),
  problem: (error: Error, about?: string) =>
    add({
      about,
      text: error.message,
      tone: 'problem',
      // A refusal says what to do; only of a fault somebody else has to be told, by the beginning of its number.
      reference: error instanceof ProblemError && error.kind === 'fault' ? error.reference?.slice(0, 8) : undefined,
      stays: null,
    }),
  /** Runs the act that the message offers, once, and takes the message away. */
  act: (id: number) => {
    const item = items.find((one) => one.id === id);
    toast.close(id);
    item?.action?.run();
  },
  close: (id: number) => change(items.filter((item) => item.id !== id)),
};

export const toastStore = {
  subscribe: (listen: () => void) => {
    listeners.add(listen);
    return () => listeners.delete(listen);
  },
  read: () => items,
};
