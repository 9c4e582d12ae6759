import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { card, read } from '#contract/inspectors/inspectors.ts';
import { cardLacking } from '#domain/inspection/card.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { inspectorProblems } from '#domain/kit/problems/inspector.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { type Fact, Facts, Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { StepHistory } from '#web/shared/kit/layout/StepHistory.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { inspectorMarks } from '../desk/state-marks.ts';
import { termText } from '../inspector.words.ts';
import { Photograph } from '../photograph/Photograph.tsx';
import { AvoidanceCheck } from './AvoidanceCheck.tsx';
import { factsOf, Papers, Posts, Relations, Requirements, Terms } from './Entry.tsx';
import { InspectorActs } from './InspectorActs.tsx';
import type { Inspector } from './inspector-reply.ts';

const dialogs = late(() => import('./InspectorDialogs.tsx'));

/** One inspector: the next act first, then who he is, the requirements, terms and papers, and what happened. */
export default function InspectorPage() {
  const { inspectorId } = useParams({ from: '/desk/inspectors/$inspectorId' });
  const loaded = useRead(read, { params: { inspectorId } });
  return (
    <LoadedPage of={loaded} title="督学" above={<Link to="/inspectors">督学名册</Link>}>
      {(inspector) => <Shown inspector={inspector} />}
    </LoadedPage>
  );
}

function Shown({ inspector }: { inspector: Inspector }) {
  const { today } = useDeskContext();
  const [handed, setHanded] = useState<Inspector['papers'][number] | null>(null);
  const lacking = cardLacking(inspector, today);
  return (
    <Page
      title={inspector.name}
      above={<Link to="/inspectors">督学名册</Link>}
      source={`督学名册 · ${inspector.placeName}`}
      state={
        <Row>
          <StateMark state={inspectorMarks[inspector.state]} />
          <span>{`${inspector.placeName} · ${inspectorKindTitles[inspector.kind]}`}</span>
          {inspector.termFrom !== null && <span>{`任期 ${termText(inspector.termFrom, inspector.termTo)}`}</span>}
        </Row>
      }
      action={
        <Row>
          {lacking === null && (
            <Download route={card} input={{ params: { inspectorId: inspector.id } }} kind="quiet">
              下载督学证
            </Download>
          )}
          <Button kind="quiet" onClick={() => print()}>
            打印
          </Button>
        </Row>
      }
    >
      <Stack>
        <Photograph inspectorId={inspector.id} name={inspector.name} mayBring={inspector.can.edit} />
        <InspectorActs inspector={inspector} />
        {inspector.state === 'serving' && <NoCard why={lacking} />}
        {inspector.signingObstacle && <p className="soft">{inspector.signingObstacle}</p>}
        {inspector.warnings.map((sentence) => (
          <Row key={sentence}>
            <StateMark state={inspectorMarks.expiring} text="请注意" />
            <span>{sentence}</span>
          </Row>
        ))}
        <Facts items={[...factsOf(inspector), ...officeFacts(inspector)]} />
      </Stack>
      <Requirements requirements={inspector.requirements} />
      <Terms termList={inspector.termList} links />
      {inspector.letterWay !== null && inspector.termList.length > 0 && <p className="soft">{inspector.letterWay}</p>}
      <Papers
        papers={inspector.papers}
        today={today}
        act={
          inspector.can.paper
            ? (paper) => (
                <Button small onClick={() => setHanded(paper)}>
                  登记
                </Button>
              )
            : undefined
        }
      />
      <Posts posts={inspector.posts} />
      <Relations relations={inspector.relations} />
      {inspector.relations !== null && <AvoidanceCheck inspectorId={inspector.id} />}
      <Attachments subjectType="inspector" subjectId={inspector.id} title="照片、证书和材料" />
      {inspector.steps.length > 0 && <StepHistory steps={inspector.steps} />}
      {handed && (
        <WhenHere late={dialogs}>
          {({ PaperDialog }) => <PaperDialog inspector={inspector} paper={handed} onClose={() => setHanded(null)} />}
        </WhenHere>
      )}
    </Page>
  );
}

/** Why somebody in office gets no card. An expert, who never has one, is told nothing. */
export function NoCard({ why }: { why: ReturnType<typeof cardLacking> }) {
  if (why === null || why === 'kind') return null;
  return <p className="soft screen-only">{inspectorProblems['inspector.noCard'].sentence({ why })}</p>;
}

function officeFacts(inspector: Inspector): (Fact | false)[] {
  const { recommendedBy, username, filledOn, publicNoticeFrom, publicNoticeTo, appointedOn, endedOn, reason } =
    inspector;
  return [
    recommendedBy !== '' && ['推荐单位', recommendedBy],
    username !== null && ['账户', `${username}，${filledOn === null ? '本人还没有填写' : `${filledOn} 本人填写`}`],
    publicNoticeFrom !== null && ['公示', `${publicNoticeFrom} 至 ${publicNoticeTo ?? ''}`],
    appointedOn !== null && ['公布聘任', appointedOn],
    endedOn !== null && ['离任', endedOn],
    reason !== null && ['原因', reason, 'wide'],
    inspector.imported && ['登记', '由原有名册导入，此前经过不在本平台'],
  ];
}
