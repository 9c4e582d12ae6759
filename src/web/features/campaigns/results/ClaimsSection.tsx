import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatPercent } from '#web/shared/words/format.ts';
import type { Campaign, ClaimRow } from '../campaign-reply.ts';
import { claims } from './results-routes.ts';

/** The index of over-claim per unit, over all of its subjects. How strict each reviewer is stands on 结论 of the evaluations. */
export function ClaimsSection({ campaign }: { campaign: Campaign }) {
  const read = useRead(claims, { query: { campaignId: campaign.id } });
  return (
    <Loaded of={read} shape="table">
      {({ rows }) => (
        <Section
          title="各单位自评偏差"
          note="自评比评定多出的分数，占两层都有得分的指标的分值；自拟指标，供比较，不作结论。评分人的松严见各份评估的“结论”。"
        >
          <DataTable
            caption={`${campaign.title}：各单位自评偏差`}
            columns={columns}
            rows={rows}
            rowKey={({ unitId }) => unitId}
            empty={<Empty title="还没有评估对象" />}
          />
        </Section>
      )}
    </Loaded>
  );
}

const columns: ReadonlyArray<Column<ClaimRow>> = [
  { key: 'name', title: '单位', fact: 1, value: ({ name }) => name, cell: ({ name }) => name },
  count('subjects', '对象', '个'),
  count('leaves', '可比指标', '项'),
  {
    ...{ key: 'index', title: '自评偏差', align: 'end', width: '9rem', fact: 2 },
    value: ({ index }) => (index === null ? null : Number(index)),
    cell: ({ index }) => (index === null ? <Missing reason="还没有两层都有得分的指标" /> : claimText(Number(index))),
  },
];

function count(key: 'subjects' | 'leaves', title: string, unit: string): Column<ClaimRow> {
  const value = (row: ClaimRow) => row[key];
  return { key, title, unit, align: 'end', width: '8rem', value, cell: value };
}

function claimText(share: number): string {
  if (share === 0) return '相同';
  return `${share > 0 ? '偏高' : '偏低'} ${formatPercent(Math.abs(share), 1)}`;
}
