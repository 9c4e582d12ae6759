import { Fragment } from 'react';
import style from './Phrases.module.css';

/**
 * A line of facts. It breaks between the facts, after a comma or a dot, and not inside a date; sentences wrap normally.
 */
export function Phrases({ text }: { text: string }) {
  if (text.includes('。')) return text;
  const phrases = text.match(/.+?(?:[，；]| ·(?= )|$)\s*/gu) ?? [];
  return phrases.map((phrase, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: phrases of one sentence have no other identity
    <Fragment key={at}>
      <span className={style.phrase}>{phrase.trimEnd()}</span>
      {phrase.trimEnd() === phrase ? '' : ' '}
    </Fragment>
  ));
}
