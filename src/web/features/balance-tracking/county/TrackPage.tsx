import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '#contract/balance-tracking/tracks.ts';
import { settledWords } from '#domain/balance-tracking/state.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import { useShownYear } from '#web/shared/desk/year-of-page.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { type Fact, Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { StepHistory } from '#web/shared/kit/layout/StepHistory.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { trackMarks } from '../desk/state-marks.ts';
import { TrackReports } from '../TrackReports.tsx';
import { TermSteps, TrackStrip } from '../TrackStrip.tsx';
import { Differences } from './Differences.tsx';
import { ReturnedNote } from './ReturnedNote.tsx';
import { SelfReport } from './SelfReport.tsx';
import { TrackActs } from './TrackActs.tsx';
import { LookBack, TrackIssues } from './TrackIssues.tsx';
import { lookingAgain, provisionalText, type Track } from './track-reply.ts';
import { useReportTexts } from './useReportTexts.ts';

/** One county and year: where it stands, the next act first, figures beside the province's, report, issues, last year. */
export default function TrackPage() {
  const { trackId } = useParams({ from: '/desk/tracking/$trackId' });
  const [refetchInterval] = useState(lookingAgain);
  const loaded = useRead(read, { params: { trackId } }, { refetchInterval });
  return (
    <LoadedPage of={loaded} title="年度跟踪" above={<Link to="/tracking">均衡跟踪</Link>}>
      {(track) => <Shown key={track.id} track={track} />}
    </LoadedPage>
  );
}

function Shown({ track }: { track: Track }) {
  const { today } = useDeskContext();
  const writing = useReportTexts(track);
  useShownYear(track.year);
  const provisional = provisionalText(track);
  // Whoever has to write the report finds it first; what it rests on stands below.
  const writes = track.can.fill === true;
  const ended = track.state === 'closed' || track.state === 'cancelled';
  return (
    <Page
      wide
      title={`${track.countyName} ${schoolYearName(track.year)}`}
      above={<Link to="/tracking">均衡跟踪</Link>}
      source={track.standardName}
      state={
        <Row>
          <StateMark state={trackMarks[track.standing]} />
          <TrackStrip name={track.countyName} {...track} late={track.daysLate > 0} />
          {track.dueOn !== null && <DeadlineText date={track.dueOn} now={today} met={ended} />}
        </Row>
      }
      action={
        <>
          <TrackReports trackId={track.id} />
          <Button kind="quiet" onClick={() => print()}>
            打印
          </Button>
        </>
      }
    >
      <Stack>
        {provisional !== null && <p>▲ {provisional}</p>}
        <TrackActs track={track} writing={writing} />
        {track.signingObstacle && <p className="soft">{track.signingObstacle}</p>}
        <ReturnedNote returned={track.returned} />
        {track.outdated && (
          <p>
            送审之后测算结果或省公布数据有了变化，报告中的数据不再是现在的。
            {outdatedWay(track)}
          </p>
        )}
        {!writes && <Facts items={factsOf(track)} />}
      </Stack>
      {writes && <SelfReport track={track} writing={writing} />}
      <Differences track={track} />
      {writes ? (
        <Section title="数据和计划">
          <Facts items={factsOf(track)} />
        </Section>
      ) : (
        <SelfReport track={track} writing={writing} />
      )}
      <TrackIssues track={track} />
      <LookBack track={track} />
      <Section title="各环节时限">
        <TermSteps state={track.state} terms={track.terms} late={track.daysLate > 0} />
      </Section>
      <StepHistory steps={track.steps} />
    </Page>
  );
}

/** What this person can do about a report whose figures are not those of now. */
function outdatedWay({ can, countyName }: Track): string {
  if (can.withdraw) return '请“撤回修改”，核对后重新送审。';
  if (can.return) return `请“退回”，由${countyName}核对后重新提交。`;
  if (can.reconsider) return `需要重新自评的，请先“撤回复核”，再退回${countyName}。`;
  return '';
}

function factsOf({ publication, replaced, run, plannedYears, years, id, reason, ledger }: Track): (Fact | false)[] {
  const [planned, ...before] = plannedYears;
  const others = years.filter(({ trackId }) => trackId !== id);
  return [
    [
      '省公布数据',
      publication === null ? (
        <Missing key="publication" reason="还没有录入" />
      ) : (
        `${publication.documentNumber}，${publication.publishedOn}，${publication.enteredBy}录入${replaced === 0 ? '' : `（更正过 ${replaced} 次）`}`
      ),
    ],
    publication !== null && ['数据来源', publication.source],
    publication !== null && publication.edition !== '' && ['省级口径', publication.edition],
    publication?.reason != null && ['更正原因', publication.reason],
    [
      '本平台测算',
      run === null ? (
        <Missing key="run" reason="本学年还没有测算结果" />
      ) : (
        `${run.edition}，公式版本 ${run.formulaVersion}，${formatDateTime(run.runAt)}${run.provisional ? '（暂定：有学校还没有数据）' : ''}`
      ),
    ],
    run !== null && ['测算校验码', run.inputsHash.slice(0, 16)],
    ledger.raised > 0 && ['问题', `${ledger.raised} 个，${settledWords(ledger)}，逾期 ${ledger.late} 个`],
    planned !== undefined && [
      '优质均衡计划',
      `${planned.year} 年（${planned.documentNumber}）${planned.reason === '' ? '' : `：${planned.reason}`}`,
    ],
    before.length > 0 && [
      '原计划年度',
      before.map(({ year, documentNumber }) => `${year} 年（${documentNumber}）`).join('、'),
    ],
    others.length > 0 && [
      '其他学年',
      <Row key="years" inline>
        {others.map(({ trackId, year }) => (
          <Link key={trackId} to="/tracking/$trackId" params={{ trackId }}>
            {schoolYearName(year)}
          </Link>
        ))}
      </Row>,
    ],
    reason !== null && ['说明', reason, 'wide'],
  ];
}
