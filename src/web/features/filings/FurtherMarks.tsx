import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { furtherMarks } from './filing.words.ts';

/** The marks of a filing beside its situation, each with its word and, where it counts, its number. */
export function FurtherMarks({ filing }: { filing: Parameters<typeof furtherMarks>[0] }) {
  return furtherMarks(filing).map(([mark, count]) => (
    <StateMark key={mark.word} state={mark} {...(count === undefined ? {} : { text: `${mark.word} ${count}` })} />
  ));
}
