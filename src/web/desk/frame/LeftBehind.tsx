import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { DraftDoor } from '#web/shared/desk/desk.ts';
import { stateOf } from '#web/shared/drafts/draft.ts';
import type { DraftSnapshot } from '#web/shared/drafts/draft-sender.ts';
import { type DraftDesk, useDrafts } from '#web/shared/drafts/useDrafts.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import style from './Offline.module.css';

interface LeftBehindProps {
  door: DraftDoor;
  desk: DraftDesk<unknown>;
  /** Nothing of it is left; what is typed from now on is of no concern here. */
  onEnd: (kind: string) => void;
}

/** What was left, until the server has it or the person has decided about it. */
export function LeftBehind({ door, desk, onEnd }: LeftBehindProps) {
  const { drafts } = useDrafts(desk);
  const [left] = useState(() => namesOf(drafts));
  const here = useLocation({ select: (location) => location.pathname });
  const hasArrived = ({ subjectId, part }: Name) => drafts.confirmed[subjectId]?.has(part) === true;
  const still = left.flatMap((name) => {
    const cell = drafts.draft.subjects[name.subjectId]?.[name.part];
    return cell && !hasArrived(name) ? [{ subjectId: name.subjectId, state: stateOf(cell) }] : [];
  });
  const ended = still.length === 0;
  const arrived = left.filter(hasArrived).length;
  useEffect(() => {
    if (!ended) return;
    if (arrived > 0) toast.say(`上次没有上传的 ${formatNumber(arrived)} 项已上传`);
    onEnd(door.kind);
  }, [ended, arrived, onEnd, door.kind]);
  const stuck = still.filter(({ state }) => state === 'conflict' || state === 'refused');
  const first = stuck[0];
  if (first) {
    const link = door.link(first.subjectId);
    // The page of the subject says it itself, beside the values.
    if (here.includes(first.subjectId)) return null;
    return (
      <p className={`${style.band} screen-only`} role="status">
        您上次填写的 {formatNumber(stuck.length)} 项没有上传，等您处理。{' '}
        <Link {...(link as LinkProps)} className={style.way}>
          去处理
        </Link>
      </p>
    );
  }
  if (ended || here.includes(still[0]?.subjectId ?? '')) return null;
  return (
    <p className={`${style.band} screen-only`} role="status">
      您上次填写的 {formatNumber(still.length)} 项正在上传。{drafts.trouble}
    </p>
  );
}

interface Name {
  readonly subjectId: string;
  readonly part: string;
}

/** What waits and has not arrived since this page began: later changes of the same parts are of this page. */
function namesOf({ draft, confirmed }: DraftSnapshot<unknown>): Name[] {
  return Object.entries(draft.subjects).flatMap(([subjectId, cells]) =>
    Object.keys(cells).flatMap((part) => (confirmed[subjectId]?.has(part) ? [] : [{ subjectId, part }])),
  );
}
