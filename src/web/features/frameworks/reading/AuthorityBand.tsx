import type { Edition } from '#domain/framework/edition.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { authoritySentence } from '../framework.words.ts';

interface AuthorityBandProps {
  edition: Pick<Edition, 'authority' | 'completedBy'>;
  open: number;
  documents: string;
}

/** How far an edition carries. It stands on every page that shows one, and on its print. */
export function AuthorityBand({ edition, open, documents }: AuthorityBandProps) {
  return (
    <Band tone={edition.authority === 'official' ? 'plain' : 'look'} label="文本的效力">
      {authoritySentence(edition, open, documents)}
    </Band>
  );
}
