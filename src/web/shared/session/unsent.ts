import { countUnsent, listUnsent, returnKind, type UnsentPart, unsentKeys, writingKind } from './local-copies.ts';

/** A thing that exists only in the memory of this page, because the browser did not store it. */
export interface UnkeptPart extends UnsentPart {
  /** `图书册数：2345` */
  readonly line: string;
}

/** The typed work of one kind in this tab. */
export interface UnsentWork {
  /** Sends what can be sent now; resolves when that has arrived or cannot arrive. */
  readonly send: () => Promise<unknown>;
  readonly unkept: () => readonly UnkeptPart[];
  /** Forgets what is unsent, and stores it no more. */
  readonly drop: (personId: string) => void;
}

const works = new Set<UnsentWork>();

/** Code that keeps typed work registers here how the end of a session and a change of post treat it. */
export function onLeaving(work: UnsentWork): void {
  works.add(work);
}

/** As long as a person who leaves waits for a slow network. */
const patience = 3000;

/** Sends what is typed, before the post changes or the session ends. */
export async function sendUnsent(): Promise<void> {
  const sent = Promise.all([...works].map((work) => work.send()));
  await Promise.race([sent, new Promise((late) => setTimeout(late, patience))]);
}

/** What this person's work looks like that the server does not have. */
export interface UnsentState {
  /** How many changes stay on this machine and are sent when the person is back. */
  readonly drafts: number;
  /** How many returns stay on this machine until the person sends them. */
  readonly returns: number;
  /** How many texts stay on this machine until the person saves them. */
  readonly writings: number;
  /** What does not stay. */
  readonly unkept: readonly UnkeptPart[];
  /** How many things they are together. */
  readonly all: number;
}

export function readUnsent(personId: string): UnsentState {
  const kept = listUnsent(localStorage, personId);
  const returns = countUnsent(kept.filter(({ kind }) => kind === returnKind));
  const writings = countUnsent(kept.filter(({ kind }) => kind === writingKind));
  const unkept = listUnkept();
  const drafts = countUnsent(kept) - returns - writings;
  return { drafts, returns, writings, unkept, all: countUnsent([...kept, ...unkept]) };
}

/** What of it the sign-in tells the person who leaves. */
export const toldAtSignIn = ({ drafts, returns, writings }: Pick<UnsentState, 'drafts' | 'returns' | 'writings'>) => ({
  unsent: drafts || undefined,
  returns: returns || undefined,
  writings: writings || undefined,
});

/** What would be gone with this page. */
export function listUnkept(): UnkeptPart[] {
  return [...works].flatMap((work) => work.unkept());
}

let channel: BroadcastChannel | undefined;

/** Tells the tabs of this browser to forget a person's unsent work, and hears it from them. */
function others(): BroadcastChannel {
  if (!channel) {
    channel = new BroadcastChannel('dudao.unsent');
    channel.onmessage = ({ data }) => {
      for (const work of works) work.drop(String(data));
    };
  }
  return channel;
}

/** Every tab that keeps typed work calls this once, so that what is given up in another tab does not come back. */
export function hearDrops(): void {
  others();
}

/** The person gives up everything unsent, in every post and every tab of this browser. */
export function dropUnsent(personId: string): void {
  for (const work of works) work.drop(personId);
  others().postMessage(personId);
  for (const { key } of unsentKeys(localStorage, personId)) localStorage.removeItem(key);
}
