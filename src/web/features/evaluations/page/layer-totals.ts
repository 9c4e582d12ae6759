import type { Layer } from '#domain/evaluation/lists.ts';
import { endsText, figureText, numberOf } from '#web/shared/framework/indicator.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';

/** A layer whose total can be explained. */
export type TracedLayer = Exclude<Layer, 'province'>;

type Total = Evaluation['totals'][number];

/** What a layer comes to: its total, or between which ends it can still lie. */
export function totalText({ total, from, to, unanswered }: Total): string {
  if (unanswered === 0) return total === null ? '—' : figureText(total);
  if (from === null || numberOf(from) === 0) return '—';
  return `${endsText({ from, to })}（${unanswered} 项没有得分）`;
}

/** Why the total of a layer is not shown to this person; null where it is. What is added up here would pass for the subject's own. */
export function unseenReason({ layer }: Pick<Total, 'layer'>, seen: Evaluation['seen']): string | null {
  if (seen === 'part') return '您只评其中一部分指标，看不到总分';
  return seen === 'blind' && layer === 'self' ? '您评完以后显示' : null;
}

/** The layers whose totals this person sees, and which therefore can be explained to him. */
export function tracedLayers({ totals, seen }: Pick<Evaluation, 'totals' | 'seen'>): readonly TracedLayer[] {
  return totals.flatMap((one) =>
    one.layer === 'province' || unseenReason(one, seen) !== null || totalText(one) === '—' ? [] : [one.layer],
  );
}
