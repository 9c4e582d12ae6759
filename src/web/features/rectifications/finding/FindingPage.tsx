import { Link, linkOptions, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { list, read } from '#contract/rectifications/rectifications.ts';
import { dutyTypeTitles, findingSeverityTitles } from '#domain/flow/finding.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { type LetterState, letterStateTitles } from '#domain/letter/state.ts';
import { findingLevelTitles, isOwing } from '#domain/rectification/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { type Fact, Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { StepHistory } from '#web/shared/kit/layout/StepHistory.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import { findingMarks } from '../desk/state-marks.ts';
import { dueText } from '../finding.words.ts';
import { FindingActs } from './FindingActs.tsx';
import { FindingSource } from './FindingSource.tsx';
import type { Finding } from './finding-reply.ts';

/** One finding: who, what and until when, the next act first, then measures, relations and what happened. */
export default function FindingPage() {
  const { findingId } = useParams({ from: '/desk/findings/$findingId' });
  const loaded = useRead(read, { params: { findingId } });
  return (
    <LoadedPage of={loaded} title="问题" above={<Link to="/findings">整改台账</Link>}>
      {(finding) => <Shown finding={finding} />}
    </LoadedPage>
  );
}

function Shown({ finding }: { finding: Finding }) {
  const { today } = useDeskContext();
  const owes = isOwing(finding.state);
  useWalk(finding.id);
  return (
    <Page
      title={finding.title}
      above={<Link to="/findings">整改台账</Link>}
      source={`整改台账 · ${finding.duty.name}`}
      state={
        <Row>
          <StateMark state={findingMarks[finding.state]} />
          {finding.overdue && <StateMark state={findingMarks.late} />}
          {finding.severity === 'urgent' && owes && <StateMark state={findingMarks.urgent} />}
          {finding.asked && <StateMark state={findingMarks.asked} />}
          <span>{finding.duty.name}</span>
          {finding.dueOn !== null && (
            <DeadlineText
              date={finding.dueOn}
              now={today}
              met={!owes}
              {...(finding.dueProvisional ? { basis: '暂定：所涉年份的节假日安排尚未公布' } : {})}
            />
          )}
        </Row>
      }
      action={
        <Button kind="quiet" onClick={() => print()}>
          打印
        </Button>
      }
    >
      <Stack>
        <FindingActs finding={finding} />
        {finding.signingObstacle && <p className="soft">{finding.signingObstacle}</p>}
        {finding.successorName && (
          <p className="soft">
            责任学校已并入{finding.successorName}，整改由{finding.successorName}办理。
          </p>
        )}
        {finding.actsForEnded && finding.state !== 'closed' && finding.state !== 'cancelled' && (
          <p className="soft">
            责任学校已撤销，整改由{findingLevelTitles[finding.actsForEnded]}督导机构办理，或移交其他责任主体。
          </p>
        )}
        <Facts items={factsOf(finding)} />
      </Stack>
      <Measures finding={finding} />
      <Attachments subjectType="finding" subjectId={finding.id} title="佐证材料" />
      <Related finding={finding} />
      <Extensions finding={finding} />
      <StepHistory steps={finding.steps} />
    </Page>
  );
}

/** J and K walk through what is still open at hand, as in a review. */
function useWalk(id: string): void {
  const { unitId } = useDeskContext();
  const navigate = useNavigate();
  const unit = unitId === null ? {} : { unitId };
  const { data } = useRead(list, { query: { open: 'true', pageSize: 200, ...unit } });
  const go = (by: number) => {
    const rows = data?.rows ?? [];
    const at = rows.findIndex((row) => row.id === id);
    const next = rows[at + by];
    if (at >= 0 && next) void navigate(linkOptions({ to: '/findings/$findingId', params: { findingId: next.id } }));
  };
  useHotkeys({ j: () => go(1), k: () => go(-1) });
}

function factsOf(finding: Finding): (Fact | false)[] {
  const { duty, dutyPerson, school, dueOn, dueRule } = finding;
  return [
    ['责任主体', `${duty.name}（${dutyTypeTitles[duty.type]}）`],
    dutyPerson !== '' && ['责任人', dutyPerson],
    school !== null &&
      duty.type !== 'school' && [
        '涉及学校',
        <Link key="school" to="/directory/schools/$schoolId" params={{ schoolId: String(school.id) }}>
          {school.name}
        </Link>,
      ],
    ['类别', finding.kindName],
    ['严重程度', findingSeverityTitles[finding.severity]],
    [
      '完成时限',
      dueOn === null ? (
        <Missing key="due" reason="还没有下发" />
      ) : (
        `${dueText(dueOn, finding.dueProvisional)}${finding.state === 'found' ? '，发现来源要求，下发时确定' : ''}${dueRule === null ? '' : `，自 ${dueRule.from} 起 ${dueRule.workingDays} 个工作日`}`
      ),
    ],
    ['发现', `${finding.foundOn}，${schoolYearName(finding.schoolYear)}`],
    finding.whereFound !== '' && ['发现地点', finding.whereFound],
    ['来源', <FindingSource key="source" finding={finding} />],
    ['督办', `${finding.openedByName}（${findingLevelTitles[finding.openedLevel]}），${finding.enteredByName}录入`],
    finding.closedOn !== null && ['销号', finding.closedOn],
    finding.imported && ['台账', '由原有台账导入，此前经过不在本平台'],
    finding.body !== '' && ['具体情况', finding.body, 'wide'],
    finding.cause !== '' && ['原因', finding.cause, 'wide'],
    finding.report !== '' && ['整改情况', finding.report, 'wide'],
    ...finding.escalations.map(
      ({ because, level, raisedOn }): Fact => [
        `升级至${findingLevelTitles[level]}`,
        `${raisedOn}，${because === 'overdue' ? '逾期未办结' : '紧急隐患'}`,
      ],
    ),
    ...finding.acknowledgements.map(
      ({ level, by, at }): Fact => [`${findingLevelTitles[level]}签收`, `${by}，${formatDateTime(at)}`],
    ),
  ];
}

function Measures({ finding: { measures } }: { finding: Finding }) {
  if (measures.length === 0) return null;
  return (
    <Section title="整改措施">
      <DataTable
        caption="整改措施"
        rows={measures.map((measure, at) => ({ ...measure, at: at + 1 }))}
        rowKey={(row) => row.at}
        columns={[
          { key: 'at', title: '序号', width: '4rem', cell: (row) => row.at },
          { key: 'body', title: '措施', fact: 1, cell: (row) => row.body },
          {
            key: 'responsible',
            title: '责任人',
            fact: 2,
            width: '8rem',
            cell: (row) => row.responsible || <Missing reason="没有填写" />,
          },
          {
            key: 'due',
            title: '时限',
            fact: 3,
            width: '8rem',
            cell: (row) => row.dueOn ?? <Missing reason="没有填写" />,
          },
          {
            key: 'done',
            title: '完成',
            width: '8rem',
            cell: (row) => row.doneOn ?? <Missing reason="还没有报告完成" />,
          },
        ]}
      />
    </Section>
  );
}

function Related({ finding: { parent, children, letters, recurrences, reproofs } }: { finding: Finding }) {
  const [all, setAll] = useState(false);
  const shown = all ? recurrences : recurrences.slice(0, 5);
  return (
    <>
      {parent !== null && (
        <Section title="原问题">
          <OneRelated {...parent} />
        </Section>
      )}
      {children.length > 0 && (
        <Section title="子问题">
          {children.map((child) => (
            <OneRelated key={child.id} {...child} note={child.dutyName} />
          ))}
        </Section>
      )}
      {recurrences.length > 0 && (
        <Section title="同类问题" note="同一学校、单位或科室以前发现过的为再次发生，同单位他校的为扩散">
          {shown.map((one) => (
            <OneRelated key={one.id} {...one} note={recurrenceNote(one)} closed={one.passedOn !== null} />
          ))}
          {shown.length < recurrences.length && (
            <Button kind="quiet" small onClick={() => setAll(true)}>
              全部 {recurrences.length} 个
            </Button>
          )}
        </Section>
      )}
      {letters.length > 0 && (
        <Section title="公文">
          {letters.map((letter) => (
            <Row key={letter.id}>
              <Link to="/letters/$letterId" params={{ letterId: letter.id }}>
                {letter.number ?? letter.title}
              </Link>
              <span className="soft">{letterStateTitles[letter.state as LetterState]}</span>
            </Row>
          ))}
        </Section>
      )}
      {reproofs.length > 0 && (
        <Section title="销号复查">
          {reproofs.map(({ drawnAt, result, provedBy, note }) => (
            <Row key={drawnAt}>
              <StateMark state={findingMarks[result ?? 'toProve']} />
              <span>
                {formatDateTime(drawnAt)} 抽中{provedBy === null ? '' : `，${provedBy}复查`}
                {note ? `：${note}` : ''}
              </span>
            </Row>
          ))}
        </Section>
      )}
    </>
  );
}

function recurrenceNote({ relation, bodyName, schoolYear, foundOn, passedOn }: Finding['recurrences'][number]): string {
  const words = [relation === 'again' ? '再次发生' : '扩散', bodyName, schoolYearName(schoolYear)];
  return [...words, ...(passedOn === null ? [] : [`${foundOn} 发现，状态按 ${passedOn} 转入时抄录`])].join(' · ');
}

interface OneRelatedProps extends Pick<Finding, 'id' | 'title' | 'state'> {
  note?: string;
  /** Its page lies beyond reach. */
  closed?: boolean;
}

function OneRelated({ id, title, state, note, closed = false }: OneRelatedProps) {
  return (
    <Row>
      <StateMark state={findingMarks[state]} />
      {closed ? (
        <span>{title}</span>
      ) : (
        <Link to="/findings/$findingId" params={{ findingId: id }}>
          {title}
        </Link>
      )}
      {note && <span className="soft">{note}</span>}
    </Row>
  );
}

const decisions = { granted: '同意', refused: '不同意', withdrawn: '撤回' } as const;

function Extensions({ finding: { extensions } }: { finding: Finding }) {
  if (extensions.length === 0) return null;
  return (
    <Section title="延期申请">
      <Chronicle
        entries={extensions.map((one) => ({
          key: one.askedAt,
          time: formatDateTime(one.askedAt),
          content: (
            <>
              {one.askedBy} 申请延期至 {one.until}：{one.reason}
              <p className="soft">
                {one.decision === null
                  ? '等待审批'
                  : `${one.decidedBy} ${decisions[one.decision]}${one.note ? `：${one.note}` : ''}`}
              </p>
            </>
          ),
        }))}
      />
    </Section>
  );
}
