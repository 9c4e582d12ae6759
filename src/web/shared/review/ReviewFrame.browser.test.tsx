import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ReviewFrame } from './ReviewFrame.tsx';
import { ReviewQueue } from './ReviewQueue.tsx';
import { useReviewWalk } from './useReviewWalk.ts';

const schools = ['甲', '乙', '丙', '丁'].map((name) => ({ id: `id-${name}`, name }));

function Queue({ start, more = null }: { start: string | undefined; more?: (() => void) | null }) {
  const [rows, setRows] = useState(schools);
  const [named, setNamed] = useState(start);
  const walk = useReviewWalk({ rows, more, named, show: setNamed });
  return (
    <ReviewFrame
      walk={walk}
      listed={rows.length}
      total={rows.length}
      queue={
        <ReviewQueue
          label="待办理"
          empty="没有"
          list={{ rows, more, failed: false }}
          total={rows.length}
          current={walk.current ?? ''}
          opened={walk.opened}
          nameOf={(row) => row.name}
          factsOf={() => []}
          onOpen={setNamed}
        />
      }
    >
      <section>
        <h2>{walk.current ?? '办完了'}</h2>
        <button
          type="button"
          onClick={() => {
            setRows(rows.filter((row) => row.id !== walk.current));
            walk.onDecided();
          }}
        >
          批准
        </button>
        <button
          type="button"
          onClick={() => {
            setRows(rows.slice(2));
            walk.onDecidedAll(rows.slice(0, 2).map(({ id }) => id));
          }}
        >
          一并办理前两所
        </button>
        <p>本次 {walk.decided} 份</p>
      </section>
    </ReviewFrame>
  );
}

it('walks with J and K, stops at both ends, and says which have not been looked at', async () => {
  const screen = await render(<Queue start={undefined} />);
  const shown = screen.getByRole('heading', { level: 2 });
  await userEvent.keyboard('k');
  await expect.element(shown).toHaveTextContent('id-甲');
  await userEvent.keyboard('jj');
  await expect.element(shown).toHaveTextContent('id-丙');
  const fresh = screen.getByRole('button', { name: /未看/ });
  expect(fresh.elements().map((button) => button.textContent)).toEqual(['丁未看']);
  await userEvent.keyboard('jj');
  await expect.element(shown).toHaveTextContent('id-丁');
});

it('goes on with the next one once one is decided, and goes back where that was the last', async () => {
  const screen = await render(<Queue start="id-丙" />);
  const shown = screen.getByRole('heading', { level: 2 });
  await screen.getByRole('button', { name: '批准' }).click();
  await expect.element(shown).toHaveTextContent('id-丁');
  await screen.getByRole('button', { name: '批准' }).click();
  await expect.element(shown).toHaveTextContent('id-乙');
  await expect.element(screen.getByText('本次 2 份')).toBeVisible();
});

it('leaves a subject that was among many decided at once, and stays with one that was not', async () => {
  const screen = await render(<Queue start="id-乙" />);
  const shown = screen.getByRole('heading', { level: 2 });
  await screen.getByRole('button', { name: '一并办理前两所' }).click();
  await expect.element(shown).toHaveTextContent('id-丙');
  await expect.element(screen.getByText('本次 2 份')).toBeVisible();
  await screen.unmount();
  const other = await render(<Queue start="id-丁" />);
  await other.getByRole('button', { name: '一并办理前两所' }).click();
  await expect.element(other.getByText('本次 2 份')).toBeVisible();
  await expect.element(other.getByRole('heading', { level: 2 })).toHaveTextContent('id-丁');
});

it('asks for further rows before it comes to the last', async () => {
  const more = vi.fn();
  await render(<Queue start="id-乙" more={more} />);
  expect(more).not.toHaveBeenCalled();
  await userEvent.keyboard('j');
  expect(more).toHaveBeenCalledTimes(1);
});
