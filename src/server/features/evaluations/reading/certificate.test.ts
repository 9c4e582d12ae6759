import { expect, it } from 'vitest';
import { certificateText } from './leaf-detail.act.ts';

it('a figure that somebody typed names its document, who and when, and no number of a row', () => {
  const typed = {
    ...{ factId: '01a22ba2-6e09-76c5-b000-000000000000', source: 'evaluations', document: '统计表一' },
    ...{ enteredBy: '蔡海鑫', enteredAt: '2026-11-30T00:12:00.000Z' },
  };
  expect(certificateText(typed)).toBe('依据 统计表一；填写人 蔡海鑫；填写时间 2026-11-30');
});

it('what can be looked up by machine comes last', () => {
  const filed = { inputsHash: 'abc', filingId: '7', approvedAt: '2026-10-01T02:00:00.000Z' };
  expect(certificateText(filed)).toBe('批准时间 2026-10-01；填报 7；数据校验码 abc');
  expect(certificateText(null)).toBeNull();
});
