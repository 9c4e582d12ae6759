import { layerTitles } from '#domain/evaluation/kind.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { numberOf } from '../evaluation.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { standingEntry } from '../province/province.words.ts';
import style from './EvaluationPage.module.css';

type Total = Evaluation['totals'][number];

/** What a layer comes to: its total, or between which ends it can still lie. */
export function totalText({ total, from, to, unanswered }: Total): string {
  if (unanswered === 0) return total === null ? '—' : figureText(total);
  if (from === null || numberOf(from) === 0) return '—';
  const ends = `${figureText(from)}–${to === null ? '？' : figureText(to)}`;
  return `${ends}（${unanswered} 项没有得分）`;
}

/** Why the total of a layer is not shown to this person; null where it is. What is added up here would pass for the subject's own. */
export function unseenReason({ layer }: Pick<Total, 'layer'>, seen: Evaluation['seen']): string | null {
  if (seen === 'part') return '您只评其中一部分指标，看不到总分';
  return seen === 'blind' && layer === 'self' ? '您评完以后显示' : null;
}

type Shown = Pick<Evaluation, 'totals' | 'seen' | 'province'>;

/** `自评 92.5 · 县 — · 市 88 · 省 优秀`: every layer of the kind, a dash where nothing stands. */
export function LayerTotals({ evaluation: { totals, seen, province } }: { evaluation: Shown }) {
  const words = standingEntry(province)?.words ?? null;
  return (
    <span className={style.totals}>
      {totals.map((one) => {
        const unseen = unseenReason(one, seen);
        const said = one.layer === 'province' ? words : null;
        return (
          <span key={one.layer}>
            <span className="soft">{layerTitles[one.layer]}</span>{' '}
            {unseen === null ? (
              <strong>
                {said === null ? totalText(one) : [one.total && figureText(one.total), said].filter(Boolean).join(' ')}
              </strong>
            ) : (
              <Missing reason={unseen} />
            )}
            {unseen !== null && seen === 'blind' && <span className="caption">（{unseen}）</span>}
          </span>
        );
      })}
    </span>
  );
}
