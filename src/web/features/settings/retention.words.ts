import type { z } from 'zod';
import type { retentionKind } from '#contract/settings/retention.ts';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';

type Kind = z.output<typeof retentionKind>;

export const removalWords: Readonly<Record<Kind['removal'], string>> = {
  term: '夜间清理',
  end: '失效即清理',
  never: '不自动清理',
};

/** How long rows of a kind are kept. */
export function termOf({ removal, years }: Pick<Kind, 'removal' | 'years'>): string {
  if (removal === 'end') return '到失效';
  return years === null ? '长期' : `${years} 年`;
}

/** What the last night did with a kind. */
export function proofOf({ removal, proof }: Pick<Kind, 'removal' | 'proof'>): string {
  if (removal !== 'term') return '—';
  if (proof === null) return '还没有运行过';
  const last = proof.removal && `${formatDateTime(proof.removal.at)} 清理 ${formatNumber(proof.removal.removed)} 条`;
  return `${formatDateTime(proof.checkedAt)} 检查；${last ?? '没有期满的记录'}`;
}
