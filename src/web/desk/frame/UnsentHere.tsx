import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { DraftDoor } from '#web/shared/desk/desk.ts';
import { type SubjectDraft, stateOf } from '#web/shared/drafts/draft.ts';
import { type DraftDesk, ownerOfTab, useDrafts } from '#web/shared/drafts/useDrafts.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { readUnsent } from '#web/shared/session/unsent.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { desks } from '../desks.ts';
import style from './Offline.module.css';

interface Opened {
  readonly door: DraftDoor;
  readonly desk: DraftDesk<unknown>;
}

/**
 * Sends what this person typed here before and what did not arrive, whatever page is open. Without such copies it loads
 * nothing.
 */
export function UnsentHere() {
  const session = useSession();
  const owner = ownerOfTab(session);
  const [opened, setOpened] = useState<readonly Opened[]>([]);
  useEffect(() => {
    let gone = false;
    const { copies } = readUnsent(session.person.id);
    for (const { drafts: door } of desks as ReadonlyArray<{ drafts?: DraftDoor }>) {
      if (!door || !copies.some((copy) => copy.kind === door.kind && copy.owner === owner)) continue;
      // Where it cannot be loaded now, the copies wait for a page of the feature, or for the next time.
      door.load().then(
        ({ drafts }) => !gone && setOpened((before) => [...before, { door, desk: drafts }]),
        () => {},
      );
    }
    return () => {
      gone = true;
      setOpened([]);
    };
  }, [session.person.id, owner]);
  return opened.map(({ door, desk }) => <LeftBehind key={door.kind} door={door} desk={desk} />);
}

/** What was left, until the server has it or the person has decided about it. */
function LeftBehind({ door, desk }: Opened) {
  const { drafts } = useDrafts(desk);
  const [left] = useState(() => namesOf(drafts.draft.subjects));
  const here = useLocation({ select: (location) => location.pathname });
  const still = left.flatMap(({ subjectId, part }) => {
    const cell = drafts.draft.subjects[subjectId]?.[part];
    return cell ? [{ subjectId, state: stateOf(cell) }] : [];
  });
  const arrived = left.filter(({ subjectId, part }) => drafts.confirmed[subjectId]?.has(part)).length;
  const done = still.length === 0 && arrived > 0;
  useEffect(() => {
    if (done) toast.say(`上次没有上传的 ${formatNumber(arrived)} 项已上传`);
  }, [done, arrived]);
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
  if (still.length === 0 || here.includes(still[0]?.subjectId ?? '')) return null;
  return (
    <p className={`${style.band} screen-only`} role="status">
      您上次填写的 {formatNumber(still.length)} 项正在上传。{drafts.trouble}
    </p>
  );
}

function namesOf(subjects: Readonly<Record<string, SubjectDraft<unknown>>>) {
  return Object.entries(subjects).flatMap(([subjectId, cells]) =>
    Object.keys(cells).map((part) => ({ subjectId, part })),
  );
}
