import { localCopyPrefix } from '../session/local-copies.ts';

/** What a reviewer has written for a return that is not sent yet. */
export interface ReturnDraft {
  readonly picked: readonly string[];
  readonly chosen: readonly string[];
  readonly text: string;
}

export const emptyReturn: ReturnDraft = { picked: [], chosen: [], text: '' };

const keyOf = (name: string) => `${localCopyPrefix}return.${name}`;

/** The draft that this tab kept over a change of the post; `name` names the person and the subject. */
export function readReturnDraft(name: string): ReturnDraft | null {
  try {
    const kept = sessionStorage.getItem(keyOf(name));
    return kept === null ? null : { ...emptyReturn, ...(JSON.parse(kept) as Partial<ReturnDraft>) };
  } catch {
    return null;
  }
}

/** Keeps the draft in this tab; null: it was sent or given up. */
export function keepReturnDraft(name: string, draft: ReturnDraft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still shows what was typed.
  }
}
