import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { matrix } from '#contract/campaigns/campaigns.ts';
import { kindOf, stepHandTitles } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { daysBetween } from '#domain/kit/school-year.ts';
import { letterKindTitles } from '#domain/letter/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { campaignSearch } from '../campaign.search.ts';
import { stepBasis } from '../campaign.words.ts';
import type { Campaign } from '../campaign-reply.ts';
import { Gantt, type GanttRow } from './Gantt.tsx';
import { SlotSection } from './SlotSection.tsx';
import { timetableRows } from './timetable-rows.ts';

const extending = late(() => import('./ExtendDialog.tsx'));

/** As many evaluations as one reading brings; beyond that the picture shows days alone. */
const mostRead = 200;

/** 时间安排: the steps on the axis of days, and the one that is open below. */
export function TimetablePart({ campaign }: { campaign: Campaign }) {
  const [search, setSearch] = useSearchState(campaignSearch);
  const { today } = useDeskContext();
  const { id, kind, form, state, can } = campaign;
  const isDraft = state === 'draft';
  const [extends_, setExtends] = useState(false);
  const read = useRead(matrix, { params: { campaignId: id }, query: { pageSize: mostRead } }, { enabled: !isDraft });
  const whole = read.data && read.data.total <= mostRead ? read.data.rows : null;
  const rows = timetableRows(kind, form.steps, today, isDraft ? null : (whole ?? []));
  const open =
    form.steps.find(({ step }) => step === search.step)?.step ??
    rows.find(({ tone }) => tone !== 'done' && tone !== 'ahead')?.key ??
    form.steps[0]?.step;
  const definition = kindOf(kind).steps.find(({ step }) => step === open);
  const own = form.steps.find(({ step }) => step === open);
  return (
    <>
      <Section title="各步骤在什么时候，现在到了哪一步？" note={sentenceOf(rows, today)}>
        <Gantt
          label="时间安排"
          rows={rows}
          today={today}
          open={open}
          onOpen={(step) => setSearch({ step: step as EvaluationStep }, { replace: true })}
        />
      </Section>
      {definition && own && (
        <Section title={definition.title} action={can.extend && <Button onClick={() => setExtends(true)}>延期</Button>}>
          <Facts
            items={[
              ['日期', `${own.from} 至 ${own.to}`],
              ['由谁办', stepHandTitles[definition.by]],
              definition.letter !== null && [
                '文书',
                campaign.noticeLetterId !== null && open === 'notice' ? (
                  <Link key="letter" to="/letters/$letterId" params={{ letterId: campaign.noticeLetterId }} search={{}}>
                    下发通知的公文
                  </Link>
                ) : (
                  letterKindTitles[definition.letter]
                ),
              ],
              !isDraft && [
                '对象',
                <Link
                  key="at"
                  to="/campaigns/$campaignId"
                  params={{ campaignId: id }}
                  search={{ step: definition.step }}
                >
                  停在这一步的对象
                </Link>,
              ],
              ['依据', stepBasis(definition), 'wide'],
            ]}
          />
        </Section>
      )}
      {definition?.slotDays !== undefined && (
        <SlotSection campaign={campaign} step={definition.step} evaluations={whole} />
      )}
      {extends_ && (
        <WhenHere late={extending}>
          {({ ExtendDialog }) => (
            <ExtendDialog campaign={campaign} chosen={null} step={definition?.step} onClose={() => setExtends(false)} />
          )}
        </WhenHere>
      )}
    </>
  );
}

/** The sentence that answers the title. */
function sentenceOf(rows: readonly GanttRow[], today: string): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return '';
  const all = `${first.from} 至 ${last.to}，共 ${daysBetween(first.from, last.to) + 1} 天`;
  const late_ = rows.filter(({ tone }) => tone === 'late').map(({ title }) => title);
  if (late_.length > 0) return `${all}；${late_.join('、')}有对象逾期`;
  const now = rows.filter(({ tone }) => tone === 'now').map(({ title, to }) => `${title}到 ${to}`);
  if (now.length > 0) return `${all}；现在是${now.join('，')}`;
  return today < first.from ? `${all}；还没有开始` : all;
}
