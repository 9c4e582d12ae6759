import { layerTitles } from '#domain/evaluation/kind.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { numberOf } from '../evaluation.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import style from './EvaluationPage.module.css';

type Total = Evaluation['totals'][number];

/** What a layer comes to: its total, or between which ends it can still lie. */
export function totalText({ total, from, to, unanswered }: Total): string {
  if (unanswered === 0) return total === null ? '—' : figureText(total);
  if (from === null || numberOf(from) === 0) return '—';
  const ends = `${figureText(from)}–${to === null ? '？' : figureText(to)}`;
  return `${ends}（${unanswered} 项没有得分）`;
}

/** `自评 92.5 · 县 — · 市 88`: the layers that this person sees. */
export function LayerTotals({ evaluation: { totals, side } }: { evaluation: Pick<Evaluation, 'totals' | 'side'> }) {
  // To the subject a layer in which nothing can be seen says nothing.
  const shown = totals.filter((one) => side !== 'subject' || one.layer === 'self' || totalText(one) !== '—');
  return (
    <span className={style.totals}>
      {shown.map((one) => (
        <span key={one.layer}>
          <span className="soft">{layerTitles[one.layer]}</span> <strong>{totalText(one)}</strong>
        </span>
      ))}
    </span>
  );
}
