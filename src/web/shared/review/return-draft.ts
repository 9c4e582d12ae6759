import { returnPrefix } from '../session/local-copies.ts';

/** What a reviewer has written for a return that is not sent yet. */
export interface ReturnDraft {
  readonly picked: readonly string[];
  readonly chosen: readonly string[];
  readonly text: string;
}

export const emptyReturn: ReturnDraft = { picked: [], chosen: [], text: '' };

const keyOf = (name: string) => `${returnPrefix}${name}`;

/** The draft that this person began here and did not send; `name` names the person and the subject. */
export function readReturnDraft(name: string): ReturnDraft | null {
  try {
    const kept = localStorage.getItem(keyOf(name));
    return kept === null ? null : { ...emptyReturn, ...(JSON.parse(kept) as Partial<ReturnDraft>) };
  } catch {
    return null;
  }
}

/** Keeps the draft on this machine, until it is sent or given up (null). A return that says nothing is not kept. */
export function keepReturnDraft(name: string, draft: ReturnDraft | null): void {
  try {
    if (draft === null || saysNothing(draft)) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still shows what was typed.
  }
}

const saysNothing = ({ picked, chosen, text }: ReturnDraft) =>
  picked.length === 0 && chosen.length === 0 && text.trim() === '';
