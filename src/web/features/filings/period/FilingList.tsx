import { Navigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { useCanInYear } from '#web/shared/desk/year-of-page.tsx';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { useCan, useSession } from '#web/shared/session/session.tsx';
import { filingListSearch } from '../filing.search.ts';
import { FilingTable } from './FilingTable.tsx';
import { cityManagedNote, progressSentence, sumOf } from './progress.words.ts';
import { UnitProgress } from './UnitProgress.tsx';

/** 数据填报: a school finds its filing, a county its schools, the city its units. */
export default function FilingList() {
  const { role } = useSession();
  return role.level === 'school' ? <OwnFiling /> : <Overview />;
}

/** A school has one filing a year, so it opens at once. */
function OwnFiling() {
  const { year } = useDeskContext();
  const own = useRead(filings.list, { query: { ...(year === null ? {} : { year }) } });
  return (
    <LoadedPage of={own} title="数据填报">
      {({ rows: [filing] }) =>
        filing ? (
          <Navigate to="/filings/$filingId" params={{ filingId: filing.id }} replace />
        ) : (
          <Page title="数据填报">
            <Empty title={`${year === null ? '本学年' : schoolYearName(year)}没有需要贵校填报的数据`}>
              <p>填报周期开启时已撤销、合并或不属于填报范围的学校不需要填报。如有疑问，请联系县级督导室。</p>
            </Empty>
          </Page>
        )
      }
    </LoadedPage>
  );
}

function Overview() {
  const { year, unit } = useDeskContext();
  const [search, setSearch] = useSearchState(filingListSearch);
  const mayFill = useCanInYear('filing.fill');
  const mayRemind = useCanInYear('filing.remind');
  const mayManage = useCan('period.manage');
  const mayReview = useCan(['filing.return', 'filing.approve', 'filing.accept']);
  const mayDecide = useCan(['filing.approve', 'filing.accept']);
  const narrow = useNarrow();
  const place = useMemo(
    () => ({ ...(year === null ? {} : { year }), ...(unit ? { unitId: unit.id } : {}) }),
    [year, unit],
  );
  const progress = useRead(filings.progress, { query: place }, { keepPrevious: true });
  const wholeCity = unit?.level === 'city';
  return (
    <Page
      wide
      title={`资源数据${year === null ? '' : ` · ${schoolYearName(year)}`}`}
      state={
        progress.data &&
        `${progressSentence(sumOf(progress.data.rows))}${wholeCity ? '' : cityManagedNote(progress.data.rows, '其中')}`
      }
      action={
        <>
          {mayManage && <ButtonLink to="/filings/periods">填报周期</ButtonLink>}
          {mayRemind && <ButtonLink to="/filings/calls">电话催报单</ButtonLink>}
          {mayFill && <ButtonLink to="/filings/import">导入 Excel</ButtonLink>}
          {!narrow && (
            <ButtonLink to="/filings/grid" kind={mayFill ? 'primary' : 'plain'}>
              表格
            </ButtonLink>
          )}
          {mayReview && (
            <ButtonLink to="/filings/review" search={mayDecide ? {} : { checked: 'no' }}>
              审核
            </ButtonLink>
          )}
        </>
      }
    >
      {wholeCity && (
        <Section
          title="各单位进度"
          note={progress.data?.period ? `县级报送截止 ${progress.data.period.cityDeadline}` : undefined}
        >
          <Loaded of={progress} shape="table">
            {(data) => <UnitProgress place={place} progress={data} />}
          </Loaded>
        </Section>
      )}
      <Section title={wholeCity ? '全部学校' : '各校填报'}>
        <FilingTable
          place={place}
          year={year ?? progress.data?.period?.schoolYear}
          isCounty={!wholeCity}
          search={search}
          setSearch={setSearch}
        />
      </Section>
    </Page>
  );
}
