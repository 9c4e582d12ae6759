import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import type { DraftExclusion } from './draft-exclusions.ts';
import { ExclusionEditor } from './ExclusionEditor.tsx';

const none = new Map<number, readonly string[]>();

/** Twelve conditions that mean no school yet, so that nothing is counted. */
const first = Array.from(
  { length: 12 },
  (_, id): DraftExclusion => ({
    ...{ id, before: null, levels: ['primary'], when: '', reason: `原因 ${id}` },
  }),
);

function Stage() {
  const [exclusions, setExclusions] = useState<readonly DraftExclusion[]>(first);
  return (
    <QueryClientProvider client={new QueryClient()}>
      <ExclusionEditor
        standard="quality-2017"
        exclusions={exclusions}
        bases={[]}
        faults={none}
        reasonFaults={new Map([[12, ['请填写原因']]])}
        onChange={setExclusions}
      />
    </QueryClientProvider>
  );
}

it('shows a new condition with its number, leads the keyboard to it, and says there that the reason lacks', async () => {
  const screen = await render(<Stage />);
  await screen.getByRole('button', { name: '增加一个条件' }).click();
  const added = screen.getByRole('group', { name: '第 13 个排除条件' });
  await expect.element(added.getByText('第 13 个排除条件')).toBeInViewport();
  await expect.element(added.getByRole('button', { name: '＋ 办学类型' })).toHaveFocus();
  const reason = added.getByLabelText('原因');
  await expect.element(reason).toHaveAttribute('aria-invalid', 'true');
  await expect.element(reason).toHaveAccessibleDescription('请填写原因');
});
