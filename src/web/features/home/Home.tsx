import { overview } from '#contract/home.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { formatDateTime, schoolYearTitle } from '#web/shared/format.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { useRead } from '#web/shared/queries.ts';
import { useSession } from '#web/shared/session.tsx';
import { DeadlineList } from './DeadlineList.tsx';
import { WorkList } from './WorkList.tsx';
import { OwnProgress, YearProgress } from './YearProgress.tsx';

/** Work first, then what falls due, then how far the year is. */
export default function Home() {
  const { year, unitId, unit } = useDeskContext();
  const { role, school } = useSession();
  const read = useRead(
    overview,
    { query: { year: year ?? undefined, unitId: unitId ?? undefined } },
    { keepPrevious: true },
  );
  const place = school?.name ?? unit?.name;
  const where = [place, year === null ? null : schoolYearTitle(year), role.name].filter(Boolean).join(' · ');
  return (
    <Page title="首页" state={where}>
      <Loaded of={read} shape="text">
        {(data) => (
          <Split columns="minmax(0, 3fr) minmax(0, 2fr)" gap={12} stackedGap={8}>
            <div>
              <Section title="需要我处理">
                {data.reminder && (
                  <Band tone="look">
                    <strong>已被催报：</strong>
                    {data.reminder.by} {formatDateTime(data.reminder.at)}
                    {data.reminder.note && `　${data.reminder.note}`}
                  </Band>
                )}
                <WorkList work={data.work} next={data.next} />
              </Section>
              {data.progress && data.progress.owed > 0 && (
                <Section title="本年度进度" note={place}>
                  {school ? (
                    <OwnProgress progress={data.progress} />
                  ) : (
                    <YearProgress {...data} progress={data.progress} />
                  )}
                </Section>
              )}
            </div>
            {data.deadlines.length > 0 && (
              <Section title="临近期限">
                <DeadlineList deadlines={data.deadlines} />
              </Section>
            )}
          </Split>
        )}
      </Loaded>
    </Page>
  );
}
