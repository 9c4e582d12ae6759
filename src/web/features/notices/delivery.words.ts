import type { z } from 'zod';
import type { delivery } from '#contract/notices/deliveries.ts';

type Delivery = z.output<typeof delivery>;

/** What there is to say of a mail beside its state. */
export function remarkOf({
  sentence,
  repeated,
  state,
}: Pick<Delivery, 'sentence' | 'repeated' | 'state'>): string | null {
  const twice = repeated ? (state === 'sent' ? '曾重发一次，可能收到两封。' : '已重发一次，不再自动重发。') : null;
  return [sentence, twice].filter((part) => part !== null).join('') || null;
}
