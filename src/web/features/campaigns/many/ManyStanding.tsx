import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { actOnMany, newestActOnMany } from '../results/results-routes.ts';
import style from './ManyStanding.module.css';
import { manyTitle } from './many.words.ts';

type Newest = RouteOutput<typeof newestActOnMany>;

/** How often it is looked how far it is, in milliseconds; one that takes long is looked at less often. */
const [often, seldom, long] = [1500, 30_000, 600_000];

const isLong = ({ askedAt }: { askedAt: string }) => Date.now() - Date.parse(askedAt) >= long;

/** What this person asked for last on many subjects: how far it is; at the end, who was refused and why, all of them. */
export function ManyStanding({ campaignId }: { campaignId: string }) {
  const read = useRead(
    newestActOnMany,
    { query: { campaignId } },
    {
      refetchInterval: ({ state }) => {
        const asking = (state.data as Newest | undefined)?.asking;
        if (!asking || asking.left === 0) return false;
        return isLong(asking) ? seldom : often;
      },
    },
  );
  const asking = read.data?.asking ?? null;
  const settled = asking === null ? 0 : asking.asked - asking.left;
  const seen = useRef<number | null>(null);
  useEffect(() => {
    if (asking === null) return;
    // The list shows each subject where it stands now; the first look has nothing to catch up with.
    if (seen.current !== null && seen.current !== settled) void refreshAfter(actOnMany);
    seen.current = settled;
  }, [asking, settled]);
  if (asking === null) return null;
  const { act, asked, done, left, refused, askedAt } = asking;
  const title = manyTitle(act);
  return (
    <Band tone={refused.length > 0 ? 'look' : 'plain'} label="批量办理">
      {left > 0 ? (
        <>
          <Progress label={`正在办理：${title}`} value={settled} of={asked} unit="个对象" />
          {isLong(asking) && (
            <p role="status">
              {`还有 ${left} 个没有办完，系统会自动再试；一直没有进展的，请系统管理员在“后台任务”中查看，或者到各对象的评估页上逐个办理。`}
            </p>
          )}
        </>
      ) : (
        <p role="status">
          {`最近一次批量办理（${formatDateTime(askedAt)}）：${title}，${asked} 个对象${
            refused.length === 0 ? '都已办好' : `办好 ${done} 个，没有办 ${refused.length} 个`
          }。`}
        </p>
      )}
      {refused.length > 0 && (
        <details className={style.refused} open={refused.length <= 5}>
          <summary>没有办的 {refused.length} 个和原因</summary>
          <ul>
            {refused.map(({ evaluationId, name, sentence }) => (
              <li key={evaluationId}>
                <Link to="/evaluations/$evaluationId" params={{ evaluationId }} search={{}}>
                  {name}
                </Link>
                ：{sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Band>
  );
}
