import { expect, it } from 'vitest';
import { shorterNotice } from './public-notice.ts';

it('a public notice that is shorter than the rules propose says so, and bars nothing', () => {
  expect(shorterNotice({ from: '2025-10-15', to: '2025-10-20' }, 7)).toBe(
    '公示 6 天，少于督学规则所列的 7 天，请核对。',
  );
  expect(shorterNotice({ from: '2025-10-15', to: '2025-10-21' }, 7)).toBeNull();
  expect(shorterNotice({ from: '2025-10-15', to: '2025-10-14' }, 7)).toBeNull();
  expect(shorterNotice({ from: '2025-10-15', to: undefined }, 7)).toBeNull();
});
