import { type Problem, problem } from '#domain/kit/problem.ts';
import type { FileServices } from '#platform/files/file-services.ts';

type State = 'open' | 'unscanned' | 'waiting' | 'infected' | 'gone';

/**
 * Whether a content may be opened. Without a scanner nothing waits for one; a file that is too large for it is opened, and
 * the list says so.
 */
export function stateOf({ scanner }: Pick<FileServices, 'scanner'>, scan: string | null): State {
  if (scan === null) return 'gone';
  if (scan === 'infected') return 'infected';
  if (scan === 'large') return 'unscanned';
  return scan === 'unscanned' && scanner !== null ? 'waiting' : 'open';
}

/** Whether a content in this state may be opened: one that is too large for the scanner may. */
export const isOpen = (state: string): boolean => state === 'open' || state === 'unscanned';

/** @throws file.infected, file.waiting, file.gone */
export function assertOpen(files: Pick<FileServices, 'scanner'>, scan: string | null): void {
  const state = stateOf(files, scan);
  if (state === 'infected' || state === 'waiting' || state === 'gone') throw problem(`file.${state}`);
}

/** The state of a marked file that this person may not open; null where its mark bars nothing. */
export function markedState(refusal: Problem | null): 'over' | 'removed' | 'closed' | null {
  if (refusal === null) return null;
  if (refusal.code === 'file.removed') return 'removed';
  return refusal.code === 'file.periodOver' ? 'over' : 'closed';
}
