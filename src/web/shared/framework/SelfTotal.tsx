import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { endsText, figureText, numberOf } from './indicator.words.ts';

interface SelfTotalProps {
  total: string | null;
  between: { readonly from: string; readonly to: string | null } | null;
  /** Why there is neither. */
  reason: string;
}

/** The total of a self-evaluation; while leaves have no points, between which ends it lies. Of no points nothing is known. */
export function SelfTotal({ total, between, reason }: SelfTotalProps) {
  if (total !== null) return figureText(total);
  if (between === null || numberOf(between.from) === 0) return <Missing reason={reason} />;
  return <span title="有指标还没有得分，总分在这两个数之间">{endsText(between)}</span>;
}
