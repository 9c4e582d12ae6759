import { countUnsent, listUnsent, type UnsentCopy } from './local-copies.ts';

/** The typed work of one kind in this tab. */
export interface UnsentWork {
  /** Sends what can be sent now; resolves when that has arrived or cannot arrive. */
  readonly send: () => Promise<unknown>;
  /** What exists only in the memory of this page, because the browser did not store it: a line for each. */
  readonly unkept: () => readonly string[];
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
  readonly copies: readonly UnsentCopy[];
  /** How many things stay on this machine when the person leaves. */
  readonly kept: number;
  /** What does not stay. */
  readonly unkept: readonly string[];
}

export function readUnsent(personId: string): UnsentState {
  const copies = listUnsent(localStorage, personId);
  return { copies, kept: countUnsent(copies), unkept: listUnkept() };
}

/** What would be gone with this page: a line for each. */
export function listUnkept(): string[] {
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
  for (const { key } of listUnsent(localStorage, personId)) localStorage.removeItem(key);
}
