import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { firstNamed } from '#domain/kit/first-named.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import type { Campaign, OpenTie, Ties } from '../campaign-reply.ts';
import { opinionOf } from './opinion-link.ts';
import { endTie, ties } from './results-routes.ts';
import { TieDialog } from './TieDialog.tsx';

type Ruling = Ties['rulings'][number];

/** Who stands equal at the line of a quota, and what the office ruled: only where the edition has a grade with a quota. */
export function TiesSection({ campaign }: { campaign: Campaign }) {
  const mayConclude = useCan('evaluation.conclude');
  return mayConclude ? <Shown campaign={campaign} /> : null;
}

function Shown({ campaign }: { campaign: Campaign }) {
  const read = useRead(ties, { query: { campaignId: campaign.id } });
  return (
    <Loaded of={read} shape="form">
      {(found) => (found.hasQuota ? <Tied campaign={campaign} found={found} /> : null)}
    </Loaded>
  );
}

const named = (names: readonly string[]) => firstNamed(names, 5, '个对象');

function Tied({ campaign, found }: { campaign: Campaign; found: Ties }) {
  const [ruled, setRuled] = useState<OpenTie | null>(null);
  const { waits, open, rulings } = found;
  return (
    <Section title="名额上的并列" note={noteOf(found)}>
      {waits.length > 0 && (
        <Band tone="plain" label="还不能排名额">
          {named(waits)}还没有评完；全部评完以后才排名额。
        </Band>
      )}
      {open.map((tie) => (
        <Band key={tie.tied.map(({ evaluationId }) => evaluationId).join()} tone="look" label="并列">
          <Stack>
            <p>
              “{tie.table}”的“{tie.grade}”还有 {tie.places} 个名额，以下 {tie.tied.length}{' '}
              个对象得分和各项排序依据都相同，指标体系分不出先后，由督导机构认定：
            </p>
            <Names of={tie.tied} />
            <span>
              <Button onClick={() => setRuled(tie)}>就并列作出认定</Button>
            </span>
          </Stack>
        </Band>
      ))}
      {rulings.map((ruling) => (
        <RulingView key={ruling.id} ruling={ruling} />
      ))}
      {ruled !== null && <TieDialog campaign={campaign} tie={ruled} onClose={() => setRuled(null)} />}
    </Section>
  );
}

function noteOf({ waits, open, rulings }: Ties): string {
  if (open.length > 0) return `${open.length} 处并列等认定，认定以前这些对象不能反馈初步意见`;
  if (waits.length > 0) return '有名额限制的等次，全部对象评完以后排出';
  return rulings.some(({ counts }) => counts) ? '并列都已认定' : '名额线上没有并列';
}

function Names({ of }: { of: ReadonlyArray<{ evaluationId: string; name: string; chosen?: boolean }> }) {
  return (
    <ul>
      {of.map(({ evaluationId, name, chosen }) => (
        <li key={evaluationId}>
          <Link {...opinionOf(evaluationId)}>{name}</Link>
          {chosen !== undefined && <span className="caption">　{chosen ? '列入名额' : '未列入名额'}</span>}
        </li>
      ))}
    </ul>
  );
}

/** A ruling as it stands in the record; one that was taken back or does not fit any more stays to be read. */
function RulingView({ ruling }: { ruling: Ruling }) {
  const { id, table, grade, tied, reason, ruledOn, ruledBy, counts, endedBy, endedReason } = ruling;
  const ending = useAct(endTie, { done: '已撤回认定，这些对象重新并列' });
  const isReleased = tied.some(({ releasedAt }) => releasedAt !== null);
  async function takeBack() {
    const why = await ask({
      title: '撤回这项认定？',
      text: '撤回以后这些对象重新并列，结论未定，须重新认定；记录保留。',
      ...{ label: '撤回原因', verb: '撤回认定', danger: true, required: true, maxLength: 500 },
    });
    if (why !== null) await ending.act({ params: { tieId: id }, body: { reason: why } });
  }
  const state = endedBy !== null ? '已撤回' : counts ? '有效' : '不再适用（并列的对象或名额有了变化）';
  return (
    <Stack>
      <p>
        <strong>
          “{table}”的“{grade}”
        </strong>
        {`　${state}　`}
        <span className="caption">
          {formatDate(ruledOn)} {ruledBy} 认定：{reason}
          {endedBy !== null && `；${endedBy}撤回：${endedReason}`}
        </span>
      </p>
      <Names of={tied} />
      {endedBy === null &&
        (isReleased ? (
          <p className="caption">并列的对象已有反馈过的，认定不能撤回。</p>
        ) : (
          <span className="screen-only">
            <Button small kind="quiet" busy={ending.busy} onClick={() => void takeBack()}>
              撤回认定
            </Button>
          </span>
        ))}
    </Stack>
  );
}
