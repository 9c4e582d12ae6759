import { Link, useParams } from '@tanstack/react-router';
import { read } from '#contract/campaigns/campaigns.ts';
import { evaluationKindTitles } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { type Tab, Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { StepHistory } from '#web/shared/kit/layout/StepHistory.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { type CampaignPart, campaignSearch, noFilters } from '../campaign.search.ts';
import { jointText, subjectWord } from '../campaign.words.ts';
import type { Campaign } from '../campaign-reply.ts';
import { campaignMarks } from '../desk/state-marks.ts';
import { HeatPart } from '../heat/HeatPart.tsx';
import { MatrixPart } from '../matrix/MatrixPart.tsx';
import { ResultsPart } from '../results/ResultsPart.tsx';
import { RulesPart } from '../rules/RulesPart.tsx';
import { SeatsPart } from '../seats/SeatsPart.tsx';
import { SubjectsPart } from '../subjects/SubjectsPart.tsx';
import { TimetablePart } from '../timetable/TimetablePart.tsx';
import { CampaignActs } from './CampaignActs.tsx';

const above = (
  <Link to="/campaigns" search={{}}>
    评估项目
  </Link>
);

/** How often a page looks again while the evaluations of a campaign are being written. */
const openingPace = 2000;

/** One campaign: its matrix, timetable, subjects, panel, heat map, results and rules. */
export default function CampaignPage() {
  const { campaignId } = useParams({ from: '/desk/campaigns/$campaignId' });
  const loaded = useRead(
    read,
    { params: { campaignId } },
    { refetchInterval: ({ state }) => ((state.data as Campaign | undefined)?.opening ? openingPace : false) },
  );
  return (
    <LoadedPage of={loaded} title="评估项目" above={above} shape="table">
      {(campaign) => <Whole campaign={campaign} />}
    </LoadedPage>
  );
}

function Whole({ campaign }: { campaign: Campaign }) {
  const [search, setSearch] = useSearchState(campaignSearch);
  const { state, title, opening, late, confirmed, subjects, kind, assessmentYear, decisionYear, edition } = campaign;
  const { role } = useSession();
  const tabs = tabsOf(campaign, role.level === 'city');
  const part = tabs.find(({ key }) => key === search.part)?.key ?? tabs[0]!.key;
  const marked = (
    <Row inline>
      <StateMark state={campaignMarks[state]} />
      {late > 0 && state === 'open' && <StateMark state={campaignMarks.late} text={`${late} 个对象逾期`} />}
      <span>
        {[
          evaluationKindTitles[kind],
          `考评 ${assessmentYear} 年`,
          `${edition.title}（${editionMark(edition)}）`,
          ...(decisionYear === assessmentYear ? [] : [`${decisionYear} 年认定`]),
          ...jointText(campaign.leadUnitName, campaign.partnerUnitName),
          `${subjects} ${subjectWord(kind)}`,
          ...(confirmed === 0 ? [] : [`已确认 ${confirmed} 个`]),
        ].join(' · ')}
      </span>
    </Row>
  );
  return (
    <Page wide title={title} above={above} state={marked} action={<CampaignActs campaign={campaign} />}>
      {opening && (
        <Band tone="plain" label="正在开启">
          <Progress label="正在建立评估" value={opening.done} of={opening.total} unit="个对象" />
        </Band>
      )}
      {state === 'cancelled' && campaign.reason !== null && (
        <Band tone="plain" label="取消原因">
          已取消：{campaign.reason}
        </Band>
      )}
      {state === 'draft' && campaign.obstacles.length > 0 && (
        <Band tone="look" label="开启以前">
          <p>开启以前还须：</p>
          <ul>
            {campaign.obstacles.map(({ code, sentence }) => (
              <li key={code}>{sentence}</li>
            ))}
          </ul>
        </Band>
      )}
      <Tabs
        label="评估项目"
        tabs={tabs}
        value={part}
        onChange={(key) => setSearch({ ...noFilters, part: key === tabs[0]!.key ? undefined : key })}
      >
        {part === 'matrix' && <MatrixPart campaign={campaign} />}
        {part === 'timetable' && (
          <>
            <TimetablePart campaign={campaign} />
            {campaign.history.length > 0 && <StepHistory steps={campaign.history} />}
          </>
        )}
        {part === 'subjects' && <SubjectsPart campaign={campaign} />}
        {part === 'panel' && <SeatsPart campaign={campaign} />}
        {part === 'heat' && <HeatPart campaign={campaign} />}
        {part === 'results' && <ResultsPart campaign={campaign} />}
        {part === 'rules' && <RulesPart campaign={campaign} />}
      </Tabs>
    </Page>
  );
}

/** A draft has no evaluations yet, and an open campaign shows its subjects in the matrix. */
function tabsOf({ state, subjects }: Campaign, isCity: boolean): ReadonlyArray<Tab<CampaignPart>> {
  const panel = { key: 'panel', label: '督导组' } as const;
  const timetable = { key: 'timetable', label: '时间安排' } as const;
  // Results of all subjects beside each other are the city's.
  const results = isCity ? ([{ key: 'results', label: '结果' }] as const) : [];
  const rules = { key: 'rules', label: '规则与学习' } as const;
  return state === 'draft'
    ? [timetable, { key: 'subjects', label: '对象', count: subjects }, panel, rules]
    : [{ key: 'matrix', label: '矩阵' }, timetable, panel, { key: 'heat', label: '热力图' }, ...results, rules];
}
