import { Link, linkOptions } from '@tanstack/react-router';
import { read as readCampaign } from '#contract/campaigns/campaigns.ts';
import { compare } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { changeText, ruleTitles } from '#web/shared/framework/change.words.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import type { Campaign } from '../campaign-reply.ts';

type Comparison = RouteOutput<typeof compare>;
type Change = Comparison['changes'][number];

interface EditionDiffProps {
  earlierId: string;
  edition: Campaign['edition'];
}

/** What the tree has that the tree of the round before had not: material for whoever answers and judges again. */
export function EditionDiff(props: EditionDiffProps) {
  return useCan('framework.read') ? <Differences {...props} /> : null;
}

function Differences({ earlierId, edition }: EditionDiffProps) {
  const earlier = useRead(readCampaign, { params: { campaignId: earlierId } });
  const before = earlier.data?.edition;
  const query = {
    ...{ first: before?.key ?? '', second: edition.key, secondRevision: edition.revision },
    ...(before ? { firstRevision: before.revision } : {}),
  };
  const isSame = before?.key === edition.key && before.revision === edition.revision;
  const read = useRead(compare, { query }, { enabled: before !== undefined && !isSame });
  const title = '与上一轮相比，指标改了什么？';
  if (isSame) {
    return (
      <Section title={title} note={`与“${earlier.data?.title}”用同一个版本，没有改变`}>
        {null}
      </Section>
    );
  }
  return (
    <Section title={title} note={read.data && earlier.data && answerOf(read.data, earlier.data.title)}>
      <Loaded of={earlier.data ? read : (earlier as never)} shape="table">
        {(data: Comparison) => (
          <>
            <p>
              <Link to="/frameworks/comparison" search={query}>
                逐项对照两个版本
              </Link>
              {data.rules.length > 0 && (
                <span className="soft">
                  {`　指标以外改变的有：${data.rules.map((key) => ruleTitles[key] ?? key).join('、')}`}
                </span>
              )}
            </p>
            <DataTable<Change>
              caption="改变的指标"
              rows={data.changes}
              rowKey={({ code, change }) => `${code} ${change}`}
              href={({ code, change }) => {
                const { key, revision } = change === 'removed' ? data.first : data.second;
                return linkOptions({ to: '/frameworks/$key', params: { key }, search: { revision, node: code } });
              }}
              columns={[
                {
                  key: 'code',
                  title: '编号',
                  fact: 3,
                  width: '6rem',
                  cell: ({ code }) => code,
                  value: ({ code }) => code,
                },
                {
                  ...{ key: 'title', title: '指标', fact: 1 },
                  cell: ({ title: name }) => name ?? '名称未见',
                  value: ({ title: name }) => name,
                },
                {
                  ...{ key: 'change', title: '改变', fact: 2, width: '24rem' },
                  cell: (row) => (row.change === 'removed' ? '取消' : changeText(row)),
                  value: (row) => (row.change === 'removed' ? '取消' : changeText(row)),
                },
              ]}
              empty={<Empty title="指标没有不同" />}
            />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function answerOf({ changes, same }: Comparison, earlier: string): string {
  const of = (change: Change['change']) => changes.filter((one) => one.change === change).length;
  return `比“${earlier}”增加 ${of('added')} 项，取消 ${of('removed')} 项，改变 ${of('changed')} 项，${same} 项相同`;
}
