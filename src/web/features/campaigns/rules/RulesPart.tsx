import { burdenOf, seats } from '#contract/campaigns/campaigns.ts';
import { basisText, kindOf, layerTitles } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { EditionLink } from '#web/shared/framework/EditionLink.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { rulesText } from '../campaign.words.ts';
import type { Campaign, Seat } from '../campaign-reply.ts';
import { seatMarks } from '../desk/state-marks.ts';
import { BurdenFigure } from './BurdenFigure.tsx';
import { EditionDiff } from './EditionDiff.tsx';

/** 规则与学习: the pinned edition, how is judged, what is new since the last round, what it asks of people, who has read it. */
export function RulesPart({ campaign }: { campaign: Campaign }) {
  const { id, kind, edition, form, earlierId, state, subjects } = campaign;
  const params = { campaignId: id };
  const work = useRead(burdenOf, { params });
  const definition = kindOf(kind);
  const name = `${edition.title}（第 ${edition.revision} 版，${editionMark(edition)}）`;
  return (
    <>
      <Section title="规则">
        <Facts
          items={[
            [
              '指标体系',
              <span key="edition">
                <EditionLink edition={edition}>{name}</EditionLink>
                <span className="caption">　{state === 'draft' ? '开启时锁定' : '已锁定'}</span>
              </span>,
              'wide',
            ],
            ['评分', `${rulesText(form.rules).join('；')}。`, 'wide'],
            ['层次', definition.layers.map((layer) => layerTitles[layer]).join('、')],
            ['依据', definition.documents.map(basisText).join('；'), 'wide'],
          ]}
        />
      </Section>
      <Section title="这次评估要各方做多少事？">
        <Loaded of={work} shape="text">
          {(burden) => <BurdenFigure burden={burden} kind={kind} subjects={subjects} />}
        </Loaded>
      </Section>
      {earlierId !== null && <EditionDiff earlierId={earlierId} edition={edition} />}
      <Learners campaignId={id} />
    </>
  );
}

/** Who of the panel has said that the edition was read. */
function Learners({ campaignId }: { campaignId: string }) {
  const read = useRead(seats, { params: { campaignId } });
  return (
    <Loaded of={read} shape="table">
      {({ rows }) => {
        const standing = rows.filter(({ endedOn }) => endedOn === null);
        const done = standing.filter(({ readEditionAt }) => readEditionAt !== null).length;
        return (
          <Section
            title="督导组学过指标体系没有？"
            note={
              standing.length === 0
                ? '还没有安排成员'
                : done === standing.length
                  ? `${done} 人都已学习`
                  : `${standing.length} 人中 ${done} 人已学习；成员在评分页上记下`
            }
          >
            {standing.length > 0 && (
              <DataTable<Seat>
                caption="学习情况"
                rows={standing}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'name', title: '成员', fact: 1, cell: ({ name }) => name, value: ({ name }) => name },
                  {
                    ...{ key: 'read', title: '学习', fact: 2 },
                    value: ({ readEditionAt }) => readEditionAt,
                    cell: ({ readEditionAt }) => (
                      <StateMark state={readEditionAt === null ? seatMarks.unread : seatMarks.read} />
                    ),
                  },
                  {
                    ...{ key: 'at', title: '日期', width: '8rem' },
                    cell: ({ readEditionAt }) =>
                      readEditionAt === null ? <Missing reason="还没有学习" /> : formatDate(readEditionAt),
                  },
                ]}
              />
            )}
          </Section>
        );
      }}
    </Loaded>
  );
}
