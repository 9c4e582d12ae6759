import { useSyncExternalStore } from 'react';
import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import { postText } from '#domain/access/actor.ts';
import { call } from '#web/shared/call.ts';
import { onLeavePost } from '#web/shared/post.ts';
import { asProblem } from '#web/shared/problem.ts';
import { queryClient } from '#web/shared/queries.ts';
import { onSignOut, useSession } from '#web/shared/session.tsx';
import { DraftKeep } from './draft-keep.ts';
import { DraftSender, type DraftSnapshot } from './draft-sender.ts';

export type Saved = z.output<typeof filings.saved>;
export type FilingDetail = z.output<typeof filings.filingDetail>;
export type GridPage = z.output<typeof filings.grid.output>;
export type GridRow = GridPage['rows'][number];

/**
 * One sender for the person who is signed in and the post of this tab, whatever page is open: leaving a page leaves
 * nothing unsent. What a post left unsent waits for a tab in that post.
 */
let current: { person: string; sender: DraftSender<Saved> } | null = null;

/** What a change of post refuses is kept like what a broken line keeps: it goes out when the tab is back in its post. */
function refusalOf(error: unknown): { message: string; temporary: boolean; kind: string } {
  const { message, temporary, kind, ofPost } = asProblem(error);
  return { message, temporary: temporary || ofPost, kind };
}

function senderOf(person: string): DraftSender<Saved> {
  if (current?.person === person) return current.sender;
  current?.sender.close();
  // `crypto.randomUUID` does not exist where an office opens the desk by http at an address of its own.
  const keep = new DraftKeep(localStorage, person, crypto.getRandomValues(new Uint32Array(3)).join('-'));
  const sender = new DraftSender<Saved>(
    {
      send: (filingId, changes) =>
        call(filings.saveCells, { params: { filingId }, body: { changes: changes.map((change) => ({ ...change })) } }),
      refusalOf: refusalOf,
      received: showSaved,
    },
    keep,
    {
      now: () => Date.now(),
      after: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      },
    },
  );
  addEventListener('online', sender.tryNow);
  current = { person, sender };
  return sender;
}

/** Before the tab changes its post, what was typed goes out; what does not get through in time is kept here. */
onLeavePost(async () => {
  if (!current) return;
  const { sender } = current;
  const sent = Promise.all(Object.keys(sender.read().draft.filings).map((filingId) => sender.flush(filingId)));
  await Promise.race([sent, new Promise((late) => setTimeout(late, 3000))]);
});

onSignOut(() => {
  if (current) removeEventListener('online', current.sender.tryNow);
  current?.sender.close();
  current = null;
});

/**
 * What the pages that are open know of this filing follows the server's reply without being read again. Resolves when
 * they show it: readers are told in the next turn of the event loop.
 */
export async function showSaved(filingId: string, saved: Saved): Promise<void> {
  const detailKey = ['filings.read', { params: { filingId } }];
  // A read that began before the save would bring the older values back.
  void queryClient.cancelQueries({
    predicate: ({ queryKey, state }) =>
      state.data !== undefined && (queryKey[0] === 'filings.grid' || queryKey[0] === 'filings.read'),
  });
  queryClient.setQueriesData<FilingDetail>({ queryKey: detailKey }, (detail) => detail && merged(detail, saved));
  queryClient.setQueriesData<GridPage>(
    { queryKey: ['filings.grid'] },
    (page) =>
      page && {
        ...page,
        rows: page.rows.map((row) => (row.id === filingId ? { ...merged(row, saved), untouched: false } : row)),
      },
  );
  void queryClient.invalidateQueries({ queryKey: ['filings.list'], refetchType: 'none' });
  void queryClient.invalidateQueries({ queryKey: ['filings.progress'], refetchType: 'none' });
  await new Promise((shown) => setTimeout(shown));
}

function merged<Filing extends Pick<FilingDetail, 'cells' | 'derived' | 'findings' | 'openFields' | 'revision'>>(
  filing: Filing,
  saved: Saved,
): Filing {
  return {
    ...filing,
    ...('obstacles' in filing
      ? {
          obstacles: saved.obstacles,
          filled: saved.filled,
          required: saved.required,
          hardFindings: saved.findings.filter((finding) => finding.weight === 'hard').length,
        }
      : {}),
    cells: { ...filing.cells, ...saved.cells },
    derived: { ...filing.derived, ...saved.derived },
    findings: saved.findings,
    openFields: saved.openFields,
    revision: saved.revision,
  };
}

/** The sender and where it stands. */
export function useDrafts(): { sender: DraftSender<Saved>; drafts: DraftSnapshot } {
  const { person, post } = useSession();
  const sender = senderOf(post === null ? person.id : `${person.id}~${postText(post).replace('.', '~')}`);
  const drafts = useSyncExternalStore(sender.subscribe, sender.read);
  return { sender, drafts };
}
