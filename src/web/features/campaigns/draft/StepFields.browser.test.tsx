import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { CampaignForm } from '../campaign-reply.ts';
import { StepFields } from './StepFields.tsx';

const given: CampaignForm['steps'] = [
  { step: 'notice', from: '2026-12-01', to: '2026-12-07' },
  { step: 'selfEvaluation', from: '2026-12-08', to: '2026-12-27' },
];

function Stage({ onChange }: { onChange: (steps: CampaignForm['steps']) => void }) {
  const [steps, setSteps] = useState(given);
  return (
    <StepFields
      kind="county-inspection"
      steps={steps}
      onChange={(next) => {
        setSteps(next);
        onChange(next);
      }}
    />
  );
}

it('a longer step moves the later ones, and a length that is being typed moves nothing', async () => {
  const change = vi.fn();
  const screen = await render(<Stage onChange={change} />);
  const notice = screen.getByRole('textbox', { name: '下发通知' });
  await notice.fill('');
  await expect.element(screen.getByText('请填写 1 到 730 的整数')).toBeVisible();
  expect(change).not.toHaveBeenCalled();
  await notice.fill('10');
  await expect.element(screen.getByText('2026-12-11 至 2026-12-30')).toBeVisible();
  expect(change.mock.lastCall?.[0]).toEqual([
    { step: 'notice', from: '2026-12-01', to: '2026-12-10' },
    { step: 'selfEvaluation', from: '2026-12-11', to: '2026-12-30' },
  ]);
});

it('another beginning moves everything as it is', async () => {
  const change = vi.fn();
  const screen = await render(<Stage onChange={change} />);
  await screen.getByRole('textbox', { name: '开始日期' }).fill('2027-02-01');
  await expect.element(screen.getByText('2027-02-08 至 2027-02-27')).toBeVisible();
});
