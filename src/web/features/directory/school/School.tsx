import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { readSchool, schoolHistory } from '#contract/directory/directory.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { kindergartenType } from '#domain/org/school-type.ts';
import { sponsor } from '#domain/org/sponsor.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { OtherName } from '#web/shared/kit/words/OtherName.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { mayOpen, useSession } from '#web/shared/session/session.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { type SchoolActName, schoolActWord, schoolActWords } from '../acts/school-acts.ts';
import { schoolSearch } from '../directory.search.ts';
import {
  type History,
  ownershipChoices,
  type SchoolDetail,
  statusMarks,
  urbanClassChoices,
} from '../directory.words.ts';
import { frozenSentence, useFrozenYear } from '../frozen-list.ts';
import style from './School.module.css';
import { MergedSchools, SchoolEvents } from './SchoolEvents.tsx';

/** 学校: the school with its dated history, and the panels of other features about it. */
export default function School() {
  const { schoolId } = useParams({ from: '/desk/directory/schools/$schoolId' });
  const id = Number(schoolId);
  const read = useRead(readSchool, { params: { schoolId: id } });
  const history = useRead(schoolHistory, { params: { schoolId: id } });
  return (
    <LoadedPage of={read} title="学校" above={<Link to="/directory">单位与学校</Link>}>
      {(school) => <SchoolBody key={school.id} school={school} history={history} />}
    </LoadedPage>
  );
}

function SchoolBody({
  school,
  history,
}: {
  school: SchoolDetail;
  history: ReturnType<typeof useRead<typeof schoolHistory>>;
}) {
  const [{ part }, setSearch] = useSearchState(schoolSearch);
  const panels = usePanels(school.schoolType);
  const frozen = useFrozenYear();
  const later = frozen && school.openedOn > frozen.opensOn && school.schoolType !== kindergartenType;
  const tabs = [
    // The place of the school among the others is drawn by panels, and not every person and school has one.
    { key: 'now', label: panels.some(({ tab }) => tab === undefined) ? '概况与位置' : '概况' },
    ...panels.flatMap(({ tab }) => tab ?? []),
    { key: 'history', label: '历史沿革' },
  ];
  // If the person has no access to the tab, the page shows the facts of the school.
  const seen = tabs.find(({ key }) => key === part)?.key ?? 'now';
  return (
    <Page
      title={school.name}
      above={<Link to="/directory">单位与学校</Link>}
      state={
        <>
          <StateMark {...statusMarks[school.status]} />
          {school.closedOn ? `（${formatDate(school.closedOn)}）` : ''}　{school.schoolTypeName}　{school.countyName}
          {school.managingUnitId !== school.countyId && '　市直'}
          <OtherName word="曾用名" names={school.formerNames} />
        </>
      }
      source={`学校 ${schoolCodeText(school.code)}`}
    >
      <SchoolActs school={school} />
      {school.returnObstacle !== null && <Band tone="plain">{school.returnObstacle}</Band>}
      {later && <Band tone="plain">{frozenSentence(frozen, '这所学校')}</Band>}
      <Tabs
        label="学校资料"
        tabs={tabs}
        value={seen}
        onChange={(key) => setSearch({ part: key === 'now' ? undefined : key })}
      >
        {seen === 'now' && (
          <>
            <Section title="概况">
              <SchoolFacts school={school} />
              {history.data && <MergedSchools history={history.data} />}
            </Section>
            <Panels panels={panels.filter(({ tab }) => tab === undefined)} schoolId={school.id} />
          </>
        )}
        <Panels panels={panels.filter(({ tab }) => tab?.key === seen)} schoolId={school.id} />
        {seen === 'history' && <Loaded of={history}>{(data: History) => <SchoolEvents history={data} />}</Loaded>}
      </Tabs>
    </Page>
  );
}

/** The panels of other features about a school, for people who may read them there. */
function usePanels(schoolType: string) {
  const session = useSession();
  return here(deskWords).schoolPanels.filter(
    ({ permission, schoolsOnly }) => mayOpen(session, permission) && !(schoolsOnly && schoolType === kindergartenType),
  );
}

function Panels({ panels, schoolId }: { panels: ReturnType<typeof usePanels>; schoolId: number }) {
  const { year } = useDeskContext();
  return panels.map(({ key, part }) => (
    <WhenHere key={key} late={part}>
      {({ default: Panel }) => <Panel schoolId={schoolId} year={year} />}
    </WhenHere>
  ));
}

function SchoolFacts({ school }: { school: SchoolDetail }) {
  const { contact } = school;
  return (
    <Facts
      items={[
        [
          '学校标识码',
          <span key="code" className="tabular">
            {schoolCodeText(school.code)}
          </span>,
        ],
        ['办学类型', `${school.schoolType} ${school.schoolTypeName}`],
        ['举办者类型', sponsor(school.sponsorCode)?.name ?? <Missing key="sponsor" reason="代码不在目录中" />],
        ['办别', ownershipChoices.find((one) => one.value === school.ownership)?.label],
        ['城乡类型', urbanClassChoices.find((one) => one.value === school.urbanClass)?.label],
        ['建校年份', school.foundedYear ?? <Missing key="founded" reason="没有登记建校年份" />],
        ['所在单位', school.countyName],
        ['管理单位', school.managingUnitName],
        ['设立日期', formatDate(school.openedOn)],
        [
          '填报责任人',
          <span key="contact">
            {contact.unitName} {contact.name ?? <Missing reason="还没有设置责任人" />}{' '}
            <span className="tabular nowrap">{contact.phone}</span>
          </span>,
        ],
      ]}
    />
  );
}

const acts = late(() => import('../acts/SchoolAct.tsx'));

/** The acts that this person may do on this school now. */
function SchoolActs({ school }: { school: SchoolDetail }) {
  const [open, setOpen] = useState<SchoolActName | null>(null);
  const possible = (Object.keys(schoolActWords) as SchoolActName[]).filter((act) => school.can[act]);
  if (possible.length === 0) return null;
  return (
    <div className={`${style.acts} screen-only`}>
      {possible.map((act) => (
        <Button key={act} small kind={act === 'close' ? 'danger' : 'plain'} onClick={() => setOpen(act)}>
          {schoolActWord(act, school)}
        </Button>
      ))}
      {open && (
        <WhenHere late={acts}>
          {({ SchoolAct }) => <SchoolAct act={open} school={school} onClose={() => setOpen(null)} />}
        </WhenHere>
      )}
    </div>
  );
}
