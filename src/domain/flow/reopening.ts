/** What somebody above has sent back, and how much of it is open. */
export interface Reopening {
  /** Null: the whole; otherwise these parts alone. */
  readonly openParts: readonly string[] | null;
  readonly reason: string | null;
}

/**
 * What is open after a return. Without `parts` the whole is. A return while the subject is still open in part
 * (`stillOpen`: those parts) adds to what was open and takes nothing away from whoever works on it.
 */
export function reopen(
  { parts, reason }: { readonly parts?: readonly string[] | undefined; readonly reason?: string | undefined },
  stillOpen: readonly string[] | null = null,
): Reopening {
  return { openParts: parts ? [...new Set([...(stillOpen ?? []), ...parts])] : null, reason: reason ?? null };
}

/**
 * Whether an act only sends more back of what was sent back in part. Such an act may come behind a change that its
 * author has not seen, because nothing that was seen is decided by it.
 */
export function widens(
  subject: { readonly open: boolean; readonly openParts: readonly string[] | null },
  action: string,
): boolean {
  return action === 'return' && subject.open && subject.openParts !== null;
}
