import type { ReactNode } from 'react';
import { layerTitles } from '#domain/evaluation/kind.ts';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Evaluation } from '../evaluation-reply.ts';
import { entryText, standingEntry } from '../province/province.words.ts';
import style from './EvaluationPage.module.css';
import { totalText, unseenReason } from './layer-totals.ts';

type Shown = Pick<Evaluation, 'totals' | 'seen' | 'province'>;

/** `自评 92.5 · 县 — · 市 88 · 省 优秀`: every layer of the kind, a dash where nothing stands. */
export function LayerTotals({
  evaluation: { totals, seen, province },
  children,
}: {
  evaluation: Shown;
  children?: ReactNode;
}) {
  const entry = standingEntry(province);
  return (
    <span className={style.totals}>
      {totals.map((one) => {
        const unseen = unseenReason(one, seen);
        return (
          <span key={one.layer}>
            <span className="soft">{layerTitles[one.layer]}</span>{' '}
            {unseen === null ? (
              <strong>{one.layer === 'province' && entry?.words ? entryText(entry) : totalText(one)}</strong>
            ) : (
              <Missing reason={unseen} />
            )}
            {unseen !== null && seen === 'blind' && <span className="caption">（{unseen}）</span>}
          </span>
        );
      })}
      {children}
    </span>
  );
}
