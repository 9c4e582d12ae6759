import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { cancel, matrix } from '#contract/campaigns/campaigns.ts';
import { queryClient, useRead } from '#web/shared/call/queries.ts';
import { useCampaignAct } from './useCampaignAct.ts';

const params = { campaignId: '01890000-0000-7000-8000-000000000001' };

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

/** A server whose jobs have cancelled an evaluation by the third look after the act. */
function serve() {
  const state = { looks: 0, acts: 0 };
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if (init.method === 'POST') {
      state.acts += 1;
      return Response.json({ id: params.campaignId, state: 'cancelled', revision: 2 });
    }
    if (state.acts > 0) state.looks += 1;
    return Response.json({ rows: [], total: state.looks > 1 ? 1 : 0 });
  });
  return state;
}

function Shown() {
  const read = useRead(matrix, { params, query: {} });
  const cancelling = useCampaignAct(cancel);
  return (
    <>
      <output>{read.data?.total}</output>
      <button type="button" onClick={() => void cancelling.act({ params, body: { revision: 1, reason: '不办了' } })}>
        取消项目
      </button>
    </>
  );
}

it('the page follows the jobs that an act on a campaign has started', async () => {
  serve();
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <Shown />
    </QueryClientProvider>,
  );
  await expect.element(screen.getByRole('status')).toHaveTextContent('0');
  await screen.getByRole('button').click();
  await expect.element(screen.getByRole('status')).toHaveTextContent('1');
});
