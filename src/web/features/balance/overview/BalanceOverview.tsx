import { Link, Navigate, useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import * as balance from '#contract/balance/balance.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { useOpens } from '#web/shared/desk/useOpens.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { Grantors } from '#web/shared/session/Grantors.tsx';
import { overviewSearch } from '../balance.search.ts';
import { firstStandard, type OverviewRow } from '../balance.words.ts';
import { verdictMarks } from '../desk/state-marks.ts';
import { reportFormats } from '../report-formats.ts';
import style from './BalanceOverview.module.css';
import { figureChoices, OverviewMap } from './OverviewMap.tsx';
import { OverviewTable } from './OverviewTable.tsx';

type Overview = z.output<typeof balance.overview.output>;

/** The city: which units pass and which fail, on which indicator and by how much. */
export default function BalanceOverview() {
  const { year, units } = useDeskContext();
  const counties = units.filter((unit) => unit.level === 'county');
  if (counties.length === 1 && units.length === 1) return <Navigate to="/balance/county" replace />;
  return <City year={year} />;
}

function City({ year }: { year: number | null }) {
  const [search, setSearch] = useSearchState(overviewSearch);
  const standard = search.standard ?? firstStandard;
  const follows = useOpens('/tracking');
  const overview = useRead(balance.overview, { query: { year: year ?? undefined, standard } }, { keepPrevious: true });
  const data = overview.data;
  return (
    <Page
      title="均衡监测"
      source={`均衡监测总览 · ${year === null ? '' : schoolYearName(year)}`}
      state={data && <Counts data={data} follows={follows} />}
      action={
        <>
          {data?.can.export &&
            data.rows.length > 0 &&
            reportFormats.map(({ format, label }) => (
              <Download
                key={format}
                route={balance.cityReport}
                input={{ query: { year: data.year, standard: data.standard.key, format } }}
                kind="quiet"
              >
                {label}
              </Download>
            ))}
          {data?.can.export && data.rows.some(({ runId }) => runId !== null) && (
            <Download
              route={balance.cityForms}
              input={{ query: { year: data.year, standard: data.standard.key } }}
              kind="quiet"
            >
              {data.kind.compliance ? '全部表Ⅱ、表Ⅲ、复算表' : '全部表Ⅲ、复算表'}
            </Download>
          )}
          <ButtonLink to="/balance/runs" kind="quiet">
            测算存档
          </ButtonLink>
          <ButtonLink to="/balance/standards" kind="quiet">
            均衡标准
          </ButtonLink>
        </>
      }
    >
      <Loaded of={overview} shape="table">
        {(loaded) => (
          <Tabs
            label="按哪个标准"
            tabs={loaded.standards.map(({ key, shortName }) => ({ key, label: shortName }))}
            value={loaded.standard.key}
            onChange={(key) => setSearch({ standard: key === firstStandard ? undefined : key, figure: undefined })}
          >
            {loaded.rows.length === 0 ? (
              <Empty title="您的范围内没有县级单位">
                <p>均衡监测按县级单位测算。</p>
                <Grantors to="核对您的角色与单位" />
              </Empty>
            ) : (
              <Content data={loaded} figure={search.figure} onFigure={(figure) => setSearch({ figure })} />
            )}
          </Tabs>
        )}
      </Loaded>
    </Page>
  );
}

/** The verdicts, counted; beside them the way to what is done about them, which would be a second line among the acts. */
function Counts({ data, follows }: { data: Overview; follows: boolean }) {
  const { units, pass, fail, provisional, unavailable } = data.summary;
  return (
    <Row inline gap={4}>
      <span>{units} 个单位</span>
      <StateMark state={verdictMarks.pass} text={`达标 ${pass}`} />
      <StateMark state={verdictMarks.fail} text={`不达标 ${fail}`} />
      {provisional > 0 && <StateMark state={verdictMarks.provisional} text={`暂定 ${provisional}`} />}
      {unavailable > 0 && <StateMark state={verdictMarks.unavailable} text={`无法计算 ${unavailable}`} />}
      {follows && <Link to="/tracking">均衡跟踪</Link>}
    </Row>
  );
}

interface ContentProps {
  data: Overview;
  figure: string | undefined;
  onFigure: (figure: string | undefined) => void;
}

function Content({ data, figure, onFigure }: ContentProps) {
  const [active, setActive] = useState<string | null>(null);
  const navigate = useNavigate();
  const router = useRouter();
  const search = (id: string | number) => (before: object) => ({ ...before, unit: Number(id), figure: undefined });
  const open = (id: string) => void navigate({ to: '/balance/county', search: search(id) });
  const href = (id: string) => router.buildLocation({ to: '/balance/county', search: search(id) }).href;
  const unsettled = data.rows.filter((row) => row.verdict === 'provisional' || row.verdict === 'unavailable');
  return (
    <>
      <FilterBar>
        <FilterSelect label="地图看什么" value={figure} all="结论" options={figureChoices(data)} onChange={onFigure} />
      </FilterBar>
      <div className={style.figures}>
        <Split columns="minmax(0, 27rem) minmax(0, 1fr)">
          <OverviewMap data={data} figure={figure} active={active} onActive={setActive} onOpen={open} href={href} />
          <OverviewTable data={data} active={active} onActive={setActive} />
        </Split>
      </div>
      <Section title="谁没有达标，差在哪里" note={data.standard.document}>
        <Sentences rows={data.rows.filter((row) => row.verdict === 'fail')} none="没有单位不达标。" />
      </Section>
      {unsettled.length > 0 && (
        <Section title="暂定和无法计算的，缺什么" note="县级批准后自动重新测算">
          <Sentences rows={unsettled} none="" />
        </Section>
      )}
    </>
  );
}

function Sentences({ rows, none }: { rows: readonly OverviewRow[]; none: string }) {
  if (rows.length === 0) return <p>{none}</p>;
  return (
    <ul className={style.sentences}>
      {rows.map((row) => (
        <li key={row.countyId}>
          <StateMark state={verdictMarks[row.verdict]} text={row.shortName} />
          <span>{row.sentence}</span>
        </li>
      ))}
    </ul>
  );
}
