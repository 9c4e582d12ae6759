/** A subject that a higher level has sent back, and how much of it is open. */
export interface Reopening {
  /** Null means the whole subject; otherwise only these parts. */
  readonly openParts: readonly string[] | null;
  readonly reason: string | null;
}

/**
 * The open parts after a return. Without `parts` the whole subject is open. If parts of the subject are still open
 * (`stillOpen`), a return adds to them and closes none of them.
 */
export function reopen(
  { parts, reason }: { readonly parts?: readonly string[] | undefined; readonly reason?: string | undefined },
  stillOpen: readonly string[] | null = null,
): Reopening {
  return { openParts: parts ? [...new Set([...(stillOpen ?? []), ...parts])] : null, reason: reason ?? null };
}

/**
 * Whether an act only sends more parts back of a subject that was sent back in part. Such an act may follow a change
 * that its author has not seen, because it judges nothing that the author saw.
 */
export function widens(
  subject: { readonly open: boolean; readonly openParts: readonly string[] | null },
  action: string,
): boolean {
  return action === 'return' && subject.open && subject.openParts !== null;
}
