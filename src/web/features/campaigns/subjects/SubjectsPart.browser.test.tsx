import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { Toasts } from '#web/shared/kit/feedback/Toasts.tsx';
import type { Campaign } from '../campaign-reply.ts';
import { SubjectsPart } from './SubjectsPart.tsx';

const id = '01890000-0000-7000-8000-000000000001';
/** As the page has read it: no press below reads it again. */
const campaign = { id, kind: 'county-inspection', revision: 4, can: { subjects: true } } as unknown as Campaign;
const session = sessionOf('city');

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

/** A server that takes a choice by its newest revision alone. */
function serve() {
  const state = { revision: 4, chosen: new Set<number>(), sent: [] as number[] };
  const counties = [
    { countyId: 5, name: '洛江区', unitName: '洛江' },
    { countyId: 6, name: '永春县', unitName: '永春' },
  ];
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if (init.method !== 'PUT') {
      const rows = counties.map((one) => ({
        ...{ ...one, schoolId: null, type: null, unfit: null },
        chosen: state.chosen.has(one.countyId),
      }));
      return Response.json({ rows, total: 2, chosen: state.chosen.size, unfit: 0 });
    }
    const { revision, only } = JSON.parse(String(init.body));
    state.sent.push(revision);
    if (revision !== state.revision) {
      return Response.json({ code: 'campaign.changed', kind: 'conflict', message: '已被修改。' }, { status: 409 });
    }
    state.revision += 1;
    for (const { countyId } of only) state.chosen.add(countyId);
    return Response.json({ id, state: 'draft', revision: state.revision });
  });
  return state;
}

it('two boxes that are ticked one after the other are both taken in, although the campaign is not read again between them', async () => {
  const state = serve();
  const screen = await drawFramed(
    '/',
    { session, frame: plainFrame },
    <>
      <SubjectsPart campaign={campaign} />
      <Toasts />
    </>,
  );
  await screen.getByRole('checkbox', { name: '列入“洛江区”' }).click();
  await expect.element(screen.getByRole('checkbox', { name: '列入“洛江区”' })).toBeChecked();
  await screen.getByRole('checkbox', { name: '列入“永春县”' }).click();
  await expect.element(screen.getByRole('checkbox', { name: '列入“永春县”' })).toBeChecked();
  expect(state.sent).toEqual([4, 5]);
  expect(screen.getByText('已被修改。').elements()).toEqual([]);
});

it('where nothing is registered that could be chosen it is said where that is done', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ rows: [], total: 0, chosen: 0, unfit: 0 }));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <SubjectsPart campaign={campaign} />);
  await expect.element(screen.getByText('本市还没有登记县级单位')).toBeVisible();
  await expect.element(screen.getByRole('link', { name: '单位与学校' })).toBeVisible();
});
