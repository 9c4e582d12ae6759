import { Link, linkOptions } from '@tanstack/react-router';
import { newPlanYear, open, overview, planYear, workbook } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { settledWords, trackStandings, trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { useOpens } from '#web/shared/desk/useOpens.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan, useSession } from '#web/shared/session/session.tsx';
import { trackMarks } from './desk/state-marks.ts';
import { CityReports } from './TrackReports.tsx';
import { TrackStrip } from './TrackStrip.tsx';
import { overviewSearch } from './tracking.search.ts';

type County = RouteOutput<typeof overview>['rows'][number];

/** 均衡跟踪: the counties of a year by what is to be done, the late ones first. */
export default function TrackOverview() {
  const [search, setSearch] = useSearchState(overviewSearch);
  const { year, unitId } = useDeskContext();
  const { role } = useSession();
  const measures = useOpens('/balance');
  const manages = useCan('tracking.manage') && role.level === 'city';
  const query = {
    ...(year === null ? {} : { year }),
    ...(unitId === null ? {} : { unitId }),
    ...(search.standing === undefined ? {} : { standing: search.standing }),
    ...(search.late ? { late: 'true' } : {}),
  };
  const read = useRead(overview, { query }, { keepPrevious: true });
  const opening = useAct(open, { done: ({ opened }) => `已为 ${opened} 个县（市、区）启动跟踪` });
  const shown = read.data?.year;
  const days = read.data?.opening ?? [];
  async function start() {
    if (shown === undefined) return;
    const yes = await confirm({
      title: `启动 ${schoolYearName(shown)}的均衡跟踪？`,
      text: `为还没有跟踪的每个县（市、区）各建一份。时限：${days.map(({ title, dueOn }) => `${title} ${dueOn} 前`).join('；')}。`,
      verb: '启动年度跟踪',
    });
    if (yes) await opening.act({ body: { year: shown } });
  }
  const late = read.data?.rows.filter(({ track }) => (track?.daysLate ?? 0) > 0).length ?? 0;
  const planning = read.data?.rows.find(({ countyId }) => countyId === search.planning);
  const isNarrowed = search.standing !== undefined || search.late === true;
  return (
    <Page
      wide
      title="均衡跟踪"
      above={measures && <Link to="/balance">均衡监测</Link>}
      {...(read.data ? { source: read.data.rules.source } : {})}
      state={
        read.data &&
        `${schoolYearName(read.data.year)} ${isNarrowed ? '符合条件的 ' : ''}${read.data.rows.length} 个县（市、区）${late === 0 ? '' : `，${late} 个逾期`}`
      }
      action={
        <>
          {read.data && <CityReports year={read.data.year} />}
          <ButtonLink to="/tracking/figures">省公布数据</ButtonLink>{' '}
          <Button kind="quiet" onClick={() => print()}>
            打印
          </Button>{' '}
          {read.data?.mayOpen && (
            <Button kind="primary" busy={opening.busy} onClick={() => void start()}>
              启动年度跟踪
            </Button>
          )}
        </>
      }
    >
      <FilterBar onClear={isNarrowed ? () => setSearch({ standing: undefined, late: undefined }) : undefined}>
        <FilterSelect
          label="进展"
          value={search.standing}
          options={trackStandings.map((standing) => ({ value: standing, label: trackStandingTitles[standing] }))}
          onChange={(standing) => setSearch({ standing })}
        />
        <FilterToggle label="只看逾期" value={search.late} onChange={(only) => setSearch({ late: only })} />
      </FilterBar>
      <Loaded of={read} shape="table">
        {(data) => (
          <DataTable<County>
            caption="各县（市、区）年度跟踪"
            columns={columnsOf(manages ? (countyId) => setSearch({ planning: countyId }) : undefined)}
            rows={data.rows}
            rowKey={({ countyId }) => countyId}
            actions={
              <Download route={workbook} input={{ query }} kind="quiet" small>
                下载 Excel
              </Download>
            }
            href={({ track }) =>
              track === null ? null : linkOptions({ to: '/tracking/$trackId', params: { trackId: track.id } })
            }
            rowTone={({ track }) => ((track?.daysLate ?? 0) > 0 ? 'fails' : undefined)}
            empty={
              isNarrowed ? (
                <Empty title="没有符合条件的县（市、区）" />
              ) : (
                <Empty title="没有可跟踪的县（市、区）">启动学年之后，这里列出各县（市、区）。</Empty>
              )
            }
          />
        )}
      </Loaded>
      {planning && manages && (
        <PlanYear
          key={planning.countyId}
          county={planning}
          onClose={() => setSearch({ planning: undefined }, { replace: true })}
        />
      )}
    </Page>
  );
}

const standingOf = ({ track }: County) => (track === null ? '未启动' : trackStandingTitles[track.standing]);

function columnsOf(plan: ((countyId: number) => void) | undefined): ReadonlyArray<Column<County>> {
  return [
    { key: 'name', title: '县（市、区）', fact: 1, width: '9rem', value: ({ name }) => name, cell: ({ name }) => name },
    {
      key: 'standing',
      title: '进展',
      fact: 2,
      width: '9rem',
      value: standingOf,
      cell: ({ track }) =>
        track === null ? <Missing reason="本学年还没有启动" /> : <StateMark state={trackMarks[track.standing]} />,
    },
    {
      key: 'strip',
      title: '各环节',
      width: '10rem',
      value: ({ track }) => track?.state ?? null,
      cell: ({ name, track }) =>
        track === null ? null : <TrackStrip name={name} {...track} late={track.daysLate > 0} />,
    },
    {
      key: 'due',
      title: '时限',
      fact: 3,
      width: '11rem',
      value: ({ track }) => track?.dueOn ?? null,
      cell: ({ track }) =>
        track?.dueOn == null ? (
          <Missing reason={track === null ? '本学年还没有启动' : '已到最后一步'} />
        ) : (
          `${track.dueOn}${track.daysLate > 0 ? `，逾期 ${track.daysLate} 天` : ''}`
        ),
    },
    {
      key: 'published',
      title: '省公布数据',
      width: '8rem',
      value: ({ published }) => (published ? '已录入' : '未录入'),
      cell: ({ published }) => (published ? '已录入' : <Missing reason="还没有录入" />),
    },
    {
      key: 'raised',
      title: '问题',
      unit: '已了结/列出',
      align: 'end',
      width: '6rem',
      value: ({ track }) => track?.ledger.raised ?? null,
      cell: ({ track }) =>
        track === null || track.ledger.raised === 0 ? (
          <Missing reason="还没有列出问题" />
        ) : (
          <span title={`列出 ${track.ledger.raised} 个，${settledWords(track.ledger)}`}>
            {track.ledger.settled}/{track.ledger.raised}
          </span>
        ),
    },
    {
      key: 'planned',
      title: '优质均衡计划',
      width: '10rem',
      value: ({ plannedYear }) => plannedYear,
      cell: ({ countyId, name, plannedYear }) => (
        <Row gap={1} inline>
          {plannedYear === null ? <Missing reason="还没有登记" /> : `${plannedYear} 年`}
          {plan && (
            <Button kind="quiet" small aria-label={`登记${name}的计划年度`} onClick={() => plan(countyId)}>
              登记
            </Button>
          )}
        </Row>
      ),
    },
  ];
}

function PlanYear({ county, onClose }: { county: County; onClose: () => void }) {
  const form = useForm(newPlanYear, {
    ...{ countyId: county.countyId, year: county.plannedYear ?? undefined, documentNumber: '', reason: '' },
  });
  const { act } = useAct(planYear, { done: '已登记，县级收到通知', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`优质均衡计划年度：${county.name}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ body }))}
        verb="登记计划年度"
        busy={form.busy}
        problem={form.problems['']}
      >
        <NumberField label="计划年度" unit="年" {...form.field('year')} />
        <TextField label="文号" {...form.field('documentNumber')} maxLength={60} />
        <TextAreaField
          label="说明"
          {...form.field('reason')}
          required={false}
          rows={2}
          help="修改计划年度的，写明为什么；原来的年度保留在县级页面。"
        />
      </Form>
    </Dialog>
  );
}
