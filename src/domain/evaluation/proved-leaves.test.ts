import { expect, it } from 'vitest';
import { provedText } from './proved-leaves.ts';

const county = { title: '对县级人民政府教育工作督导评估', authority: 'sample' as const, completedBy: '泉州市' };

it('names codes with their framework, its mark and the year, because two rounds use the same codes', () => {
  const [year, other] = [2025, 2024].map((one) => ({ year: one, edition: county, codes: ['C5', 'C9'] }));
  expect(provedText([year!, { ...other!, edition: { ...county, completedBy: null } }])).toBe(
    '对县级人民政府教育工作督导评估 2025 年（样本，非官方文本，由泉州市补全）C5、C9；' +
      '对县级人民政府教育工作督导评估 2024 年（样本，非官方文本）C5、C9',
  );
  expect(provedText([year!], 1)).toContain('C5 等 2 项');
  expect(provedText([{ year: null, edition: null, codes: ['A1'] }])).toBe('其他项目A1');
  expect(provedText([])).toBe('');
});
