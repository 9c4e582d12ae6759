import { useEffect, useRef, useState } from 'react';
import { saveReport } from '#contract/balance-tracking/tracks.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { type Fact, Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Track } from './track-reply.ts';

/** The self-report: written by the county while it is due, read by everybody else. */
export function SelfReport({ track }: { track: Track }) {
  if (track.can.fill) return <Written track={track} />;
  const { report } = track;
  if (report === null) return null;
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

/** How long somebody pauses before the texts are kept. */
const pause = 1500;

function Written({ track }: { track: Track }) {
  const { report } = track;
  const kept = { measures: report?.measures ?? '', conclusion: report?.conclusion ?? '' };
  const [texts, setTexts] = useState(kept);
  const revision = useRef(report?.revision ?? 0);
  const saving = useAct(saveReport, { onDone: (saved) => (revision.current = saved.revision) });
  const changed = texts.measures !== kept.measures || texts.conclusion !== kept.conclusion;
  const save = () => void saving.act({ params: { trackId: track.id }, body: { ...texts, revision: revision.current } });
  const latest = useRef(save);
  latest.current = save;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new text begins the pause anew
  useEffect(() => {
    if (!changed || saving.busy) return undefined;
    const timer = setTimeout(() => latest.current(), pause);
    return () => clearTimeout(timer);
  }, [texts, changed, saving.busy]);
  const lacking = report?.lacking ?? [];
  return (
    <Section
      title="自评报告"
      note={lacking.length === 0 ? '内容齐全，可以送审' : `还缺少：${lacking.join('、')}`}
      action={
        <Row>
          <span className="soft" role="status">
            {changed ? (saving.busy ? '正在暂存' : '有改动，稍候自动暂存') : report === null ? '' : '已暂存'}
          </span>
          <Button small busy={saving.busy} disabled={!changed} onClick={save}>
            暂存
          </Button>
        </Row>
      }
    >
      <TextAreaField
        label="已采取的措施"
        value={texts.measures}
        rows={5}
        maxLength={4000}
        onChange={(measures) => setTexts({ ...texts, measures })}
      />
      <TextAreaField
        label="自评结论"
        value={texts.conclusion}
        rows={4}
        maxLength={4000}
        onChange={(conclusion) => setTexts({ ...texts, conclusion })}
      />
    </Section>
  );
}
