import type { ReportPart } from '#domain/balance-tracking/flow.ts';
import { LeftWriting } from '#web/shared/drafts/writing/LeftWriting.tsx';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { type Fact, Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { EarlierRounds } from './EarlierRounds.tsx';
import type { Track } from './track-reply.ts';
import type { ReportTexts } from './useReportTexts.ts';

interface SelfReportProps {
  track: Track;
  writing: ReportTexts;
}

/** The self-report: written by the county while it is due, read by everybody else. */
export function SelfReport({ track, writing }: SelfReportProps) {
  if (track.can.fill) {
    return (
      <>
        <Written track={track} writing={writing} />
        <EarlierRounds rounds={track.earlierRounds} now={writing.texts} />
      </>
    );
  }
  return (
    <>
      {writing.changed && <Stranded {...writing} />}
      {track.report && <Kept report={track.report} />}
      {track.report && <EarlierRounds rounds={track.earlierRounds} now={track.report} />}
    </>
  );
}

function Kept({ report }: { report: NonNullable<Track['report']> }) {
  const facts: (Fact | false)[] = [
    ['轮次', `第 ${report.round} 轮`],
    report.preparedBy !== null && ['送审', `${report.preparedBy}，${formatDateTime(report.preparedAt ?? '')}`],
    report.submittedBy !== null && ['提交', `${report.submittedBy}，${formatDateTime(report.submittedAt ?? '')}`],
    report.decision !== null && [
      '复核',
      `${report.decidedBy ?? ''}${report.decision === 'accepted' ? '通过' : '退回'}`,
    ],
    ['已采取的措施', report.measures || <Missing key="measures" reason="还没有填写" />, 'wide'],
    ['自评结论', report.conclusion || <Missing key="conclusion" reason="还没有填写" />, 'wide'],
  ];
  return (
    <Section title="自评报告" note="数据、测算编号和校验码在送审时固定">
      <Facts items={facts} />
    </Section>
  );
}

function Written({ track, writing }: SelfReportProps) {
  const { report } = track;
  const labelOf = (part: ReportPart, label: string) =>
    track.returned?.parts.includes(part) ? `${label}（市级要求修改）` : label;
  const { texts, left, resume, changed, refused, busy, set, save } = writing;
  const lacking = report?.lacking ?? [];
  const told = changed ? (busy ? '正在暂存' : '有改动，稍候自动暂存') : report === null ? '' : '已暂存';
  return (
    <Section
      title="自评报告"
      note={lacking.length === 0 ? '内容齐全，可以送审' : `还缺少：${lacking.join('、')}`}
      action={
        <Row>
          <span className="soft" role="status">
            {refused ? '没有暂存' : told}
          </span>
          <Button small busy={busy} disabled={!changed || refused} onClick={() => void save()}>
            暂存
          </Button>
        </Row>
      }
    >
      <LeftWriting left={left} onTake={resume} />
      <Refused writing={writing} />
      <TextAreaField
        label={labelOf('measures', '已采取的措施')}
        value={texts.measures}
        rows={5}
        maxLength={4000}
        onChange={(measures) => set({ measures })}
      />
      <TextAreaField
        label={labelOf('conclusion', '自评结论')}
        value={texts.conclusion}
        rows={4}
        maxLength={4000}
        onChange={(conclusion) => set({ conclusion })}
      />
    </Section>
  );
}

/** What stands on the server beside texts that it refused; the person keeps the one or the other. */
function Refused({
  writing: { kept, texts, refused, busy, said, insist, takeKept },
}: Pick<SelfReportProps, 'writing'>) {
  if (!refused) return null;
  const nothing = <Missing reason="还没有填写" />;
  return (
    <div role="alert">
      <p>{said === null ? '' : `${said}。`}您的文字没有暂存，不再自动重试。现在已暂存的是：</p>
      <Facts
        items={[
          texts.measures !== kept.measures && ['已暂存的措施', kept.measures || nothing, 'wide'],
          texts.conclusion !== kept.conclusion && ['已暂存的结论', kept.conclusion || nothing, 'wide'],
        ]}
      />
      <Row>
        <Button small busy={busy} onClick={insist}>
          用我的文字暂存
        </Button>
        <Button small onClick={takeKept}>
          改用已暂存的文字
        </Button>
      </Row>
    </div>
  );
}

/** Texts that can be kept no more, because the report went on meanwhile: to copy, or to give up. */
function Stranded({ texts, takeKept }: ReportTexts) {
  return (
    <Section title="没有暂存的文字" note="自评报告的状态已经改变，不能再暂存；需要的请先复制">
      <Facts
        items={[
          ['已采取的措施', texts.measures, 'wide'],
          ['自评结论', texts.conclusion, 'wide'],
        ]}
      />
      <Button small onClick={takeKept}>
        不再需要
      </Button>
    </Section>
  );
}
