import { useNavigate } from '@tanstack/react-router';
import { useRead } from '#web/shared/call/queries.ts';
import { SlopePicture } from '#web/shared/chart/SlopePicture.tsx';
import { differenceText, figureText, numberOf } from '#web/shared/framework/indicator.words.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import type { Campaign, Slope } from '../campaign-reply.ts';
import { opinionOf } from './opinion-link.ts';
import { slope } from './results-routes.ts';
import { type ComparedSubject, comparedSubjects, drawnSubjects, mostDrawn, slopeAnswer } from './slope-answer.ts';

/** Which subjects claimed more than was judged: a picture, and the same as a table. */
export function SlopeSection({ campaign }: { campaign: Campaign }) {
  const read = useRead(slope, { query: { campaignId: campaign.id } });
  return (
    <Loaded of={read} shape="table">
      {(data) => <Picture campaign={campaign} data={data} />}
    </Loaded>
  );
}

function Picture({ campaign, data }: { campaign: Campaign; data: Slope }) {
  const navigate = useNavigate();
  const all = comparedSubjects(data);
  const answer = slopeAnswer(all, data);
  const columns: ReadonlyArray<Column<ComparedSubject>> = [
    { key: 'name', title: '对象', fact: 1, value: ({ name }) => name, cell: ({ name }) => name },
    {
      ...{ key: 'leaves', title: '可比指标', unit: '项', align: 'end', width: '7rem' },
      value: ({ leaves }) => leaves,
      cell: ({ leaves }) => leaves,
    },
    figureColumn('self', '自评'),
    figureColumn('city', '评定'),
    {
      ...{ key: 'difference', title: '相差', unit: '分', align: 'end', width: '7rem', fact: 2 },
      value: ({ difference }) => difference,
      cell: ({ self, city }) => differenceText(self, city) ?? '0',
    },
  ];
  return (
    <Section title="自评与评定" note={all.length === 0 ? answer : '按两层都有得分的指标对照，只列市级已评完的对象'}>
      {data.max === null ? (
        <Empty title="本指标体系不计分，没有可以对照的得分" />
      ) : all.length === 0 ? (
        <Empty title="还没有可以对照的对象">市级评完、自评也有得分的对象在这里对照。</Empty>
      ) : (
        <>
          <SlopePicture
            question="哪些对象自评偏高？"
            sentence={all.length > mostDrawn ? `${answer}画出相差最大的 ${mostDrawn} 个。` : answer}
            sides={['自评', '评定']}
            lines={drawnSubjects(all)}
            onOpen={(evaluationId) => void navigate(opinionOf(evaluationId))}
          />
          <details>
            <summary>逐个对象的自评和评定（{all.length} 个）</summary>
            <DataTable
              caption={`${campaign.title}：自评和评定`}
              columns={columns}
              rows={all}
              rowKey={({ evaluationId }) => evaluationId}
              href={({ evaluationId }) => opinionOf(evaluationId)}
            />
          </details>
        </>
      )}
    </Section>
  );
}

const figureColumn = (key: 'self' | 'city', title: string): Column<ComparedSubject> => ({
  ...{ key, title, unit: '分', align: 'end', width: '7rem' },
  value: (row) => numberOf(row[key]),
  cell: (row) => figureText(row[key]),
});
