import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import type { FilingDetail } from '../../filing-drafts.ts';
import { FilingHead } from './FilingHead.tsx';

/** A submitted filing, as far as its head reads it. */
function submitted(signingObstacle: string | null): FilingDetail {
  const detail: Partial<FilingDetail> = {
    state: 'submitted',
    late: false,
    overdue: false,
    released: null,
    returned: false,
    returnReason: null,
    openFields: null,
    steps: [],
    comments: [],
    openComments: { count: 0, forMe: 0 },
    remindedBy: [],
    submittedAt: '2025-10-08T02:00:00Z',
    signingObstacle,
    contact: { unitName: '鲤城区', name: null, phone: null },
  };
  return {
    ...detail,
    school: { code: '2135000001', countyName: '鲤城区', managedBy: 'county', schoolTypeName: '小学' },
    deadline: { day: '2025-10-20', phrase: '还有 12 天', extended: false },
    can: { fill: false },
  } as unknown as FilingDetail;
}

it('says why a reviewer who signed the filing in another post finds no act, and who can take it', async () => {
  const obstacle = '此前的一步由王某办理，请由他人办理这一步。';
  const screen = await render(<FilingHead detail={submitted(obstacle)} />);
  const band = screen.getByRole('region', { name: '不能由您审核' });
  await expect.element(band).toHaveTextContent(`${obstacle}鲤城区有审核权限的其他人员可以办理`);
  await screen.unmount();
  const other = await render(<FilingHead detail={submitted(null)} />);
  expect(other.getByRole('region', { name: '不能由您审核' }).elements()).toEqual([]);
});

it('says of a filing that no longer counts why, and nothing about whose turn it is', async () => {
  const reason = '学校已于 2025-10-15 并入示例九年一贯制学校';
  const screen = await render(<FilingHead detail={{ ...submitted('已由他人签发。'), released: reason }} />);
  const band = screen.getByRole('region', { name: '不计入' });
  await expect.element(band).toHaveTextContent(`不计入：${reason}。数据、经过仍可查看、打印和导出`);
  expect(screen.getByRole('region', { name: '不能由您审核' }).elements()).toEqual([]);
});

it('says whom to call, and whom to ask where the unit has nobody who reviews', async () => {
  const draft = (contact: FilingDetail['contact']) => ({ ...submitted(null), contact });
  const screen = await render(<FilingHead detail={draft({ unitName: '鲤城区', name: '林督导', phone: null })} />);
  await expect.element(screen.getByText('鲤城区 林督导 电话未登记')).toBeVisible();
  await screen.unmount();
  const nobody = await render(<FilingHead detail={draft({ unitName: '鲤城区', name: null, phone: null })} />);
  await expect.element(nobody.getByText(/^鲤城区尚未指定审核联系人，.*请联系系统管理员$/)).toBeVisible();
});

it('names the fields of several returns in the order of the form', async () => {
  const back = (id: string, fields: string[]) => ({
    ...{ id, action: 'return', title: '退回', from: 'submitted', to: 'draft', reason: '请核对', fields },
    ...{ actorName: '林督导', actorRole: 'county-officer', at: '2025-10-09T02:00:00Z' },
  });
  const detail = {
    ...{
      ...submitted(null),
      state: 'draft',
      returned: true,
      returnReason: '请核对',
      openFields: ['班级数', '图书册数'],
    },
    fields: ['班级数', '图书册数', '计算机台数'].map((key) => ({ key })),
    steps: [back('s1', ['计算机台数', '图书册数']), back('s2', ['班级数'])],
  } as unknown as FilingDetail;
  const screen = await render(<FilingHead detail={detail} />);
  const band = screen.getByRole('region', { name: '退回修改' });
  const named = band.getByRole('button').elements();
  expect(named.map((button) => button.textContent)).toEqual(['班级数', '图书册数', '计算机台数']);
});
