import { Link, Navigate } from '@tanstack/react-router';
import * as balance from '#contract/balance/balance.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { useOpens } from '#web/shared/desk/useOpens.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Phrases } from '#web/shared/kit/words/Phrases.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { countySearch } from '../balance.search.ts';
import { type CountyResult, firstStandard } from '../balance.words.ts';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './CountyBalance.module.css';
import { Downloads } from './Downloads.tsx';
import { HowComputed } from './HowComputed.tsx';
import { LevelContent } from './LevelContent.tsx';

/** One county: the verdict first, then its grounds, down to every school and every rule. */
export default function CountyBalance() {
  const { year, unit, units } = useDeskContext();
  if (!unit) return <Empty title="您的范围内没有单位" />;
  if (unit.level !== 'county') {
    const only = units.filter((candidate) => candidate.level === 'county');
    if (only.length !== 1) return <Navigate to="/balance" replace />;
    return <County countyId={only[0]!.id} year={year} cityWide={false} />;
  }
  return <County countyId={unit.id} year={year} cityWide={units.length > 1} />;
}

function County({ countyId, year, cityWide }: { countyId: number; year: number | null; cityWide: boolean }) {
  const [search, setSearch] = useSearchState(countySearch);
  const standard = search.standard ?? firstStandard;
  const follows = useOpens('/tracking');
  const query = search.run ? { run: search.run } : { year: year ?? undefined, standard };
  const result = useRead(balance.county, { params: { countyId }, query }, { keepPrevious: true });
  const data = result.data;
  return (
    <Page
      title={data ? `${data.county.name} · 均衡监测` : '均衡监测'}
      source={data ? `${data.county.name} · ${schoolYearName(data.year)} · ${data.standard.name}` : '均衡监测'}
      above={cityWide && <Link to="/balance">全市均衡监测</Link>}
      state={data?.run && <RunLine data={data} />}
      action={
        <>
          {follows && (
            <ButtonLink to="/tracking" kind="quiet">
              均衡跟踪
            </ButtonLink>
          )}
          {data?.can.export && <Downloads data={data} />}
        </>
      }
    >
      <Loaded of={result} shape="figure">
        {(loaded) => (
          <StandardTabs
            data={loaded}
            pinned={search.run !== undefined}
            onStandard={(key) => setSearch({ standard: key === firstStandard ? undefined : key, run: undefined })}
          >
            {loaded.run === null ? <NotYet data={loaded} standard={standard} /> : <Result data={loaded} />}
          </StandardTabs>
        )}
      </Loaded>
    </Page>
  );
}

interface StandardTabsProps {
  data: CountyResult;
  pinned: boolean;
  onStandard: (key: string) => void;
  children: React.ReactNode;
}

function StandardTabs({ data, pinned, onStandard, children }: StandardTabsProps) {
  return (
    <>
      {pinned && data.run && !data.run.current && (
        <Band tone="look">
          这是 {formatDateTime(data.run.runAt)} 的存档（按{editionText(data.standard.edition)}），不是现行结论。
          <Link to="." search={(before: object) => ({ ...before, run: undefined })}>
            看现行结论
          </Link>
        </Band>
      )}
      <Tabs
        label="按哪个标准"
        tabs={data.standards.map(({ key, shortName }) => ({ key, label: shortName }))}
        value={data.standard.key}
        onChange={onStandard}
      >
        {children}
      </Tabs>
    </>
  );
}

function RunLine({ data }: { data: CountyResult }) {
  const run = data.run!;
  return (
    <Phrases
      text={[
        schoolYearName(data.year),
        `${formatNumber(run.schools)} 所学校参与测算，排除 ${formatNumber(run.excluded)} 所${run.missing > 0 ? `，缺报 ${formatNumber(run.missing)} 所` : ''}`,
        formatDateTime(run.runAt),
      ].join(' · ')}
    />
  );
}

function NotYet({ data, standard }: { data: CountyResult; standard: string }) {
  const run = useAct(balance.run, { done: '测算完成' });
  const act = () => run.act({ params: { countyId: data.county.id }, body: { year: data.year, standard } });
  return (
    <Empty
      title={`${schoolYearName(data.year)}还没有测算结果`}
      action={
        data.can.run && (
          <Button kind="primary" busy={run.busy} onClick={() => void act()}>
            运行测算
          </Button>
        )
      }
    >
      县级批准第一份填报后自动测算；只有已批准的填报才计入。
    </Empty>
  );
}

function Result({ data }: { data: CountyResult }) {
  const [search, setSearch] = useSearchState(countySearch);
  // The level that explains the verdict above comes first: a level that fails, where there is one.
  const level =
    data.levels.find((candidate) => candidate.level === search.level) ??
    data.levels.find((candidate) => candidate.verdict === 'fail') ??
    data.levels[0];
  return (
    <>
      <div className={style.verdict}>
        <p className={style.verdictWord}>
          <StateMark state={verdictMarks[data.verdict]} text={data.verdictText} />
        </p>
        {data.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {data.ownSchoolOnly && <p className="caption">您看到的是全县结论和本校数值；其他学校不具名。</p>}
      </div>
      {data.owing.length > 0 && <Owing data={data} />}
      {level && (
        <Tabs
          label="学段"
          tabs={data.levels.map((candidate) => ({
            key: candidate.level,
            label: candidate.levelName,
            count: candidate.schools,
          }))}
          value={level.level}
          onChange={(key) => setSearch({ level: key })}
        >
          <LevelContent data={data} level={level} />
        </Tabs>
      )}
      <HowComputed data={data} />
    </>
  );
}

/** The result is partial: what is missing and who owes it. */
function Owing({ data }: { data: CountyResult }) {
  const shown = data.owing.slice(0, 12);
  return (
    <Section
      title={`缺 ${data.owing.length} 所学校的已批准填报，结论为暂定`}
      action={
        <ButtonLink to="/filings" kind="quiet">
          去看填报
        </ButtonLink>
      }
    >
      <ul className={style.owing}>
        {shown.map((school) => (
          <li key={school.schoolId}>
            {school.name}
            <span className="caption">{school.managedBy === 'city' ? '市直，由市级批准' : '由县级批准'}</span>
          </li>
        ))}
        {data.owing.length > shown.length && <li className="caption">等 {data.owing.length} 所</li>}
      </ul>
    </Section>
  );
}
