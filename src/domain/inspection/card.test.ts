import { expect, it } from 'vitest';
import { type CardHolder, cardLacking, cardOf } from './card.ts';

const holder: CardHolder = {
  ...{ name: '林督学', kind: 'responsible', state: 'serving', certificateNumber: '闽督2025001', employer: '示例中学' },
  ...{ termFrom: '2025-10-15', termTo: '2028-10-14' },
};

it('an inspector in office with a number gets a card, and nobody else does', () => {
  expect(cardLacking(holder)).toBeNull();
  expect(cardLacking({ ...holder, certificateNumber: null })).toBe('number');
  expect(cardLacking({ ...holder, state: 'publicised' })).toBe('state');
  expect(cardLacking({ ...holder, kind: 'expert' })).toBe('kind');
});

it('a card says who, as what, with which number, for how long and by whom', () => {
  const card = cardOf(holder, '鲤城区人民政府教育督导室', null);
  expect(card).toEqual({
    ...{ name: '林督学', kind: '责任督学', number: '闽督2025001', employer: '示例中学' },
    ...{ term: '2025.10.15–2028.10.14', issuer: '鲤城区人民政府教育督导室', photograph: null },
  });
  expect(cardOf({ ...holder, kind: 'full-time', termTo: null }, '', null).term).toBe('自 2025.10.15 起');
});
