import { overview } from '#contract/home/home.ts';
import { postText } from '#domain/access/actor.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { formatDate, formatDateTime, schoolYearTitle } from '#web/shared/format.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { workInPost } from '#web/shared/post.ts';
import { useRead } from '#web/shared/queries.ts';
import { useSession } from '#web/shared/session.tsx';
import { Button } from '../../shared/kit/action/Button.tsx';
import { DeadlineList } from './DeadlineList.tsx';
import style from './Home.module.css';
import { WorkList } from './WorkList.tsx';
import { OwnProgress, YearProgress } from './YearProgress.tsx';

/** Work first, then what falls due, then how far the year is. */
export default function Home() {
  const { year, unitId, unit } = useDeskContext();
  const { role, school, posts, post: at } = useSession();
  const lent = posts.filter((one) => one.principalName !== null);
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
                {lent.map((post) => (
                  <p key={postText(post)} className={style.reminded}>
                    <strong>代办：</strong>
                    您代{post.principalName}办理{post.roleName}的事项，至 {formatDate(post.until ?? '')}（含当日）。
                    {at !== null && postText(at) === postText(post) ? (
                      '现在就在这个岗位。'
                    ) : (
                      <Button small kind="quiet" onClick={() => void workInPost(post)}>
                        切换到此岗位
                      </Button>
                    )}
                  </p>
                ))}
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
