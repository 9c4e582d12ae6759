import { useState } from 'react';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import type { Indicator } from '#domain/framework/edition.ts';
import type { Typed } from './changed-cells.ts';
import { MethodForm } from './MethodForm.tsx';

const leaf: Indicator = { code: 'B1', parent: 'A1', title: '问题整改', points: 10 };

/** The form with what was typed into it. */
function Shown({ indicator }: { indicator: Indicator }) {
  const [typed, setTyped] = useState<Typed>({});
  const now = { ...indicator, ...typed } as Indicator;
  const given = { isInner: false, isGuessed: false, isBusy: false, onConfirm: () => undefined };
  return (
    <MethodForm
      {...given}
      indicator={indicator}
      now={now}
      onType={(next) => setTyped((all) => ({ ...all, ...next }))}
    />
  );
}

it('an indicator that the last problems fill has no method of its own, and has it again once the tick is gone', async () => {
  const screen = await render(<Shown indicator={leaf} />);
  const tick = screen.getByLabelText('由上一轮督导发现的问题生成下级指标');
  await expect.element(screen.getByLabelText('适用条件')).toBeVisible();
  await tick.click();
  await expect.element(screen.getByText(/按各对象上一轮督导发现的问题逐条生成下级指标/)).toBeVisible();
  await expect.element(screen.getByLabelText('适用条件')).not.toBeInTheDocument();
  await tick.click();
  await expect.element(screen.getByLabelText('适用条件')).toBeVisible();
});

it('what has no points to share over problems is not offered it', async () => {
  const screen = await render(<Shown indicator={{ ...leaf, points: 'none' }} />);
  await expect.element(screen.getByLabelText('适用条件')).toBeVisible();
  await expect.element(screen.getByLabelText('由上一轮督导发现的问题生成下级指标')).not.toBeInTheDocument();
});
