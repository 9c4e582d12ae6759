import { toast } from '#web/shared/kit/feedback/toast.ts';
import { refresh } from '#web/shared/queries.ts';
import type { SchoolDetail } from '../directory-words.ts';

/** What the dialog of every act on a school is given. */
export interface ActProps {
  school: SchoolDetail;
  onClose: () => void;
}

/** After an act: everything that shows schools is read again, and the person is told. */
export async function settled(sentence: string, onClose: () => void): Promise<void> {
  await refresh('directory', 'filings', 'balance');
  toast.say(sentence);
  onClose();
}
