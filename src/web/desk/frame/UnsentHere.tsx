import { useCallback, useEffect, useState } from 'react';
import type { DraftDoor } from '#web/shared/desk/desk.ts';
import { type DraftDesk, ownerOfTab } from '#web/shared/drafts/useDrafts.ts';
import { unsentKeys } from '#web/shared/session/local-copies.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { desks } from '../desks.ts';
import { LeftBehind } from './LeftBehind.tsx';

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
    const copies = unsentKeys(localStorage, session.person.id);
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
  const end = useCallback((kind: string) => setOpened((before) => before.filter(({ door }) => door.kind !== kind)), []);
  return opened.map(({ door, desk }) => <LeftBehind key={door.kind} door={door} desk={desk} onEnd={end} />);
}
