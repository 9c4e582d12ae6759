import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import '#web/shared/theme/tokens.css';
import '#web/shared/theme/base.css';
import { StripPlot } from './StripPlot.tsx';

const dots = [4, 6, 9].map((value, at) => ({ id: String(at), label: `第 ${at} 所`, value, weight: 100 }));

it.each(['plain', 'large'])('the mean has its number below its head and not upon it, in %s type', async (type) => {
  document.documentElement.dataset.type = type;
  const screen = await render(
    <StripPlot sentence="各校分布" dots={dots} unit="册" decimals={1} mean={6.3} threshold={5} floor={4.25} />,
  );
  const figure = screen.getByRole('img', { name: '各校分布' }).element();
  const number = screen.getByText('均值 6.3').element().getBoundingClientRect();
  const head = [...figure.querySelectorAll('path')].at(-1)!.getBoundingClientRect();
  expect(head.height).toBeGreaterThan(4);
  expect(number.top).toBeGreaterThanOrEqual(head.bottom);
  delete document.documentElement.dataset.type;
});
