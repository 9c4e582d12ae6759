import { read } from '#contract/official-documents/letters.ts';
import { letterStateTitles, openLetterStates } from '#domain/letter/state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { useCan } from '#web/shared/session/session.tsx';
import type { Campaign } from '../campaign-reply.ts';

export interface NoticeLetter {
  readonly id: string;
  /** Its state in words: `待签发`. */
  readonly title: string;
  readonly isIssued: boolean;
  /** Somebody still has to do something before it is issued. */
  readonly isOpen: boolean;
}

/** The letter by which a campaign gives notice; undefined where there is none, or while it is not known. */
export function useNoticeLetter({ noticeLetterId }: Pick<Campaign, 'noticeLetterId'>): NoticeLetter | undefined {
  const reads = useCan('letter.read');
  const letter = useRead(
    read,
    { params: { letterId: noticeLetterId ?? '' } },
    { enabled: noticeLetterId !== null && reads },
  );
  if (noticeLetterId === null || letter.data === undefined) return undefined;
  const { state } = letter.data;
  return {
    ...{ id: noticeLetterId, title: letterStateTitles[state], isIssued: state === 'issued' },
    isOpen: openLetterStates.some((open) => open === state),
  };
}
