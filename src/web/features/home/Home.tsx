import { overview } from '#contract/home/home.ts';
import { settingUp } from '#domain/access/permissions.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import type { Figures, Overview } from '#web/shared/desk/desk.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { WhenHere } from '#web/shared/kit/late.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { Grantors, YearOpeners } from '#web/shared/session/Grantors.tsx';
import { GrantPages } from '#web/shared/session/GrantPages.tsx';
import { useCan, useOwnPostTitle, useSession } from '#web/shared/session/session.tsx';
import { formatDate, formatDateTime } from '#web/shared/words/format.ts';
import { Beginning, useSteps } from './Beginning.tsx';
import { DeadlineList } from './DeadlineList.tsx';
import { Guessed } from './Guessed.tsx';
import style from './Home.module.css';
import { GivenPosts, LentPosts } from './StandInNotes.tsx';
import { HandedOver, WorkList } from './WorkList.tsx';

/** Work first, then deadlines, then the progress of the year; each feature gives its own words and panels. */
export default function Home() {
  const { year, unitId, placeName } = useDeskContext();
  const { posts } = useSession();
  const post = useOwnPostTitle();
  const read = useRead(
    overview,
    { query: { year: year ?? undefined, unitId: unitId ?? undefined } },
    { keepPrevious: true },
  );
  // The administrators see no year, also when one is open: only the server knows whether the installation still begins.
  const setsUp = useCan(settingUp) && year === null;
  const steps = useSteps(setsUp);
  const place = placeName ?? undefined;
  const where = [place, year === null ? null : schoolYearName(year), post].filter(Boolean).join(' · ');
  return (
    <Page title="首页" state={where}>
      <Loaded of={read} shape="text">
        {(data) => (
          <Split columns="minmax(0, 3fr) minmax(0, 2fr)" gap={12} stackedGap={8}>
            <div>
              {setsUp && <Beginning steps={steps} />}
              <Section title="需要我处理">
                <Guessed />
                <EndedSchool />
                <LentPosts />
                <GivenPosts />
                {posts.length === 0 && (
                  <Empty title="您的账户还没有角色，暂时不能办理业务">
                    <Grantors to="授予角色" />
                  </Empty>
                )}
                {data.notice && <Notice notice={data.notice} />}
                {posts.length > 0 && (
                  <WorkList
                    work={data.work}
                    next={data.next}
                    none={setsUp && steps.length > 0 ? besideSteps : undefined}
                  />
                )}
                {year === null && posts.length > 0 && !setsUp && placeName !== null && <BeforeTheYear />}
                {posts.length > 0 && data.work.length === 0 && <GrantPages className={style.reminded} />}
              </Section>
              {data.handedOver.length > 0 && (
                <Section title="已交出，等他人办理">
                  <HandedOver lines={data.handedOver} />
                </Section>
              )}
              <Panels figures={data.figures} place={place} />
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

const besideSteps = '除上面的启用步骤外，目前没有需要您处理的事项。';

/** A school that was merged or closed has no work any more; its people read where it went. */
function EndedSchool() {
  const { school } = useSession();
  if (!school?.ended) return null;
  const { day, into } = school.ended;
  return (
    <Band tone="look" label="本校已不在办">
      {into === null
        ? `${school.name}已于 ${formatDate(day)} 撤销。`
        : `${school.name}已于 ${formatDate(day)} 并入${into.name}。`}
      不再填报新的数据；已填的数据仍可在“数据填报”中查看、打印和导出{into !== null && '，接收学校也可查看'}。
    </Band>
  );
}

/** Those who do not set the installation up wait for the first year, and read who opens it. */
function BeforeTheYear() {
  return (
    <div className="caption">
      <p>还没有开启学年；开启后，填报和审核的事项列在这里。</p>
      <YearOpeners />
    </div>
  );
}

/** The notices that were sent to this school and wait for its answer. */
function Notice({ notice: { kind, by, at, note } }: { notice: NonNullable<Overview['notice']> }) {
  return (
    <Band tone="look">
      <strong>{here(deskWords).noticeWords[kind] ?? '通知'}：</strong>
      {by} {formatDateTime(at)}
      {note && `　${note}`}
    </Band>
  );
}

/** The progress of the year, drawn by the features that have figures for this person. */
function Panels({ figures, place }: { figures: Overview['figures']; place: string | undefined }) {
  const { homePanels } = here(deskWords);
  const byKey: Figures = Object.fromEntries(figures.map(({ key, count }) => [key, count]));
  const shown = homePanels.filter((panel) => panel.shown(byKey));
  if (shown.length === 0) return null;
  return (
    <Section title="本年度进度" note={place}>
      {shown.map(({ key, part }) => (
        <WhenHere key={key} late={part}>
          {({ default: Panel }) => <Panel figures={byKey} />}
        </WhenHere>
      ))}
    </Section>
  );
}
