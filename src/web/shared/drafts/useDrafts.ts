import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { type PostName, postText } from '#domain/access/actor.ts';
import { asProblem } from '../call/problem.ts';
import { toast } from '../kit/feedback/toast.ts';
import { ownerOf, personOf } from '../session/local-copies.ts';
import { onSignOut, type Session, useSession } from '../session/session.tsx';
import { hearDrops, onLeaving, type UnkeptPart } from '../session/unsent.ts';
import type { SubjectDraft } from './draft.ts';
import { copiesElsewhere, DraftKeep } from './draft-keep.ts';
import { type DraftPost, type DraftRefusal, realClock } from './draft-post.ts';
import { DraftSender, type DraftSnapshot } from './draft-sender.ts';
import { type LeftCell, leftSentences } from './take-back.ts';

export interface DraftKind<Value> {
  /** Names the local copies, in one word. */
  readonly kind: string;
  readonly send: DraftPost<Value>['send'];
  /** A value in words, where it is no text or number. */
  readonly say?: (value: Value) => string;
}

/** The sender and its state. */
export interface Drafts<Value> {
  readonly sender: DraftSender<Value>;
  readonly drafts: DraftSnapshot<Value>;
}

/** The drafts of one kind of subject, for the person who is signed in. */
export interface DraftDesk<Value> {
  senderOf(personId: string, post: string | null): DraftSender<Value>;
}

/**
 * Opens the drafts of one kind of subject; called once, beside the feature. The signed-in person has one sender for the
 * post of this tab, on every page: changes are sent even after the page was left. Unsent changes of a post wait for a
 * tab in that post.
 */
export function draftsOf<Value>({ kind, send, say = String }: DraftKind<Value>): DraftDesk<Value> {
  let current: { owner: string; sender: DraftSender<Value> } | null = null;
  function close(): void {
    if (!current) return;
    removeEventListener('online', current.sender.tryNow);
    removeEventListener('beforeunload', askBeforeUnload);
    current.sender.close();
    current = null;
  }
  onSignOut(close);
  const unkept = () => (current ? unkeptParts(kind, current.sender.read(), say) : []);
  // Changes that do not arrive in time are kept here.
  onLeaving({
    send: async () => {
      const { sender } = current ?? {};
      if (sender) await Promise.all(Object.keys(sender.read().draft.subjects).map((subject) => sender.flush(subject)));
    },
    unkept,
    drop: (personId) => {
      if (current && personOf(current.owner) === personId) current.sender.drop();
    },
  });
  function askBeforeUnload(event: BeforeUnloadEvent): void {
    if (unkept().length > 0) event.preventDefault();
  }
  return {
    senderOf(person, post) {
      const owner = ownerOf(person, post);
      if (current?.owner === owner) return current.sender;
      close();
      // `crypto.randomUUID` does not exist where an office opens the desk by http at an address of its own.
      const tab = crypto.getRandomValues(new Uint32Array(3)).join('-');
      const keep = new DraftKeep<Value>(localStorage, kind, owner, tab);
      const sender = new DraftSender<Value>({ send, refusalOf, leftAlone }, keep, realClock, post);
      addEventListener('online', sender.tryNow);
      addEventListener('beforeunload', askBeforeUnload);
      hearDrops();
      current = { owner, sender };
      return sender;
    },
  };
}

/** The changes that this browser did not store. */
function unkeptParts<Value>(
  kind: string,
  { draft, unkept }: DraftSnapshot<Value>,
  say: (value: Value) => string,
): UnkeptPart[] {
  return [...unkept].flatMap((subjectId) =>
    Object.entries(draft.subjects[subjectId] ?? {}).map(([part, { value, explanation, typing }]) => {
      const typed = { value: typing?.value ?? value, explanation: typing?.explanation ?? explanation };
      const shown = typed.value === undefined ? [] : [typed.value === null ? '清空' : say(typed.value)];
      const line = `${part}：${[...shown, ...(typed.explanation ? [`说明：${typed.explanation}`] : [])].join('，')}`;
      return { kind, subjectId, part, line };
    }),
  );
}

/**
 * Changes refused because the post changed are kept like changes during an outage: they are sent when the tab is back
 * in its post.
 */
function refusalOf(error: unknown): DraftRefusal {
  const { message, temporary, kind, ofPost, retryAfter } = asProblem(error);
  return { message, temporary: temporary || ofPost, kind, retryAfter };
}

function leftAlone(cells: readonly LeftCell<unknown>[]): void {
  toast.say(leftSentences(cells, 'undo').join('；'));
}

/** The present drafts of the signed-in person, in the post of this tab. */
export function useDrafts<Value>(desk: DraftDesk<Value>): Drafts<Value> {
  const { person, post } = useSession();
  const sender = desk.senderOf(person.id, textOf(post));
  const drafts = useSyncExternalStore(sender.subscribe, sender.read);
  return { sender, drafts };
}

const textOf = (post: PostName | null) => (post === null ? null : postText(post));

/** The name under which the tab of this session keeps its copies. */
export function ownerOfTab({ person, post }: Pick<Session, 'person' | 'post'>): string {
  return ownerOf(person.id, textOf(post));
}

/** The changes of a subject that the signed-in person left on this machine in other posts, and how to drop them. */
export function useDraftsElsewhere<Value>(
  kind: string,
  subjectId: string,
): { cells: SubjectDraft<Value>; drop: () => void } {
  const session = useSession();
  const { person } = session;
  const own = ownerOfTab(session);
  const read = useCallback(
    () => copiesElsewhere<Value>(localStorage, { kind, personId: person.id, own, subjectId }),
    [kind, person.id, own, subjectId],
  );
  const [copies, setCopies] = useState(read);
  useEffect(() => {
    // Another tab sends them, or keeps further ones.
    const again = () => setCopies(read());
    addEventListener('storage', again);
    return () => removeEventListener('storage', again);
  }, [read]);
  return {
    cells: Object.assign({}, ...copies.map(({ cells }) => cells)) as SubjectDraft<Value>,
    drop: () => {
      for (const { key } of copies) localStorage.removeItem(key);
      setCopies([]);
    },
  };
}
