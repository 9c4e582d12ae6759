import { changedSentences } from '#domain/text/changed-sentences.ts';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Track } from './track-reply.ts';

interface EarlierRoundsProps {
  rounds: Track['earlierRounds'];
  /** The texts that stand in place of the newest of them. */
  now: { readonly measures: string; readonly conclusion: string };
}

/** What was returned and why; the newest beside the texts of now, with what changed in them. */
export function EarlierRounds({ rounds, now }: EarlierRoundsProps) {
  if (rounds.length === 0) return null;
  return (
    <Section title="退回前的自评报告" note="划去的现在没有，带下划线的是后来写的">
      {rounds.map((one, index) => {
        const later = index === 0 ? now : rounds[index - 1]!;
        return (
          <details key={one.round} open={index === 0}>
            <summary>
              第 {one.round} 轮：{one.returnedBy ?? ''} {formatDateTime(one.returnedAt)} 退回
            </summary>
            <Facts
              items={[
                ['退回原因', one.reason || <Missing key="reason" reason="没有记录" />, 'wide'],
                ['已采取的措施', <Changed key="measures" earlier={one.measures} later={later.measures} />, 'wide'],
                ['自评结论', <Changed key="conclusion" earlier={one.conclusion} later={later.conclusion} />, 'wide'],
              ]}
            />
          </details>
        );
      })}
    </Section>
  );
}

function Changed({ earlier, later }: { earlier: string; later: string }) {
  if (earlier === later) return <>{earlier}（没有改动）</>;
  return (
    <span style={{ whiteSpace: 'pre-wrap' }}>
      {changedSentences(earlier, later).map((one, index) => {
        const key = `${index}`;
        if (one.in === 'both') return <span key={key}>{one.text}</span>;
        return one.in === 'earlier' ? <del key={key}>{one.text}</del> : <ins key={key}>{one.text}</ins>;
      })}
    </span>
  );
}
