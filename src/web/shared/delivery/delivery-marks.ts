import { type DeliveryState, deliveryStateTitles } from '#domain/notice/delivery.ts';
import type { StateLook } from '../kit/words/StateMark.tsx';

/** The marks of a mail on its way, wherever a page shows one. */
export const deliveryLooks: Readonly<Record<DeliveryState, StateLook>> = {
  uncertain: { shape: 'triangle', tone: 'look', word: deliveryStateTitles.uncertain },
  failed: { shape: 'cross', tone: 'fails', word: deliveryStateTitles.failed },
  sending: { shape: 'quarter', tone: 'accent', word: deliveryStateTitles.sending },
  waiting: { shape: 'dotted', tone: 'faint', word: deliveryStateTitles.waiting },
  sent: { shape: 'check', tone: 'holds', word: deliveryStateTitles.sent },
};
