import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { read, signOut } from '#contract/session/session.ts';
import { postText, signature } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { call } from '../call/call.ts';
import { asProblem } from '../call/problem.ts';
import { queryClient, type Read, reading, useRead } from '../call/queries.ts';
import { wipeLocalCopies } from './local-copies.ts';
import { setTabPost } from './tab-post.ts';

export type Session = RouteOutput<typeof read>;

const Context = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** The person who is signed in. Pages of the desk always have one. */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('useSession was called outside the desk.');
  return session;
}

/** The post at work; undefined where the person has none. */
export function useOwnPost(): Session['posts'][number] | undefined {
  const { post, posts } = useSession();
  return posts.find((one) => post !== null && postText(one) === postText(post));
}

/** The post at work in words; a stand-in reads for whom as well: `县级督导干部（代王小明）`. */
export function useOwnPostTitle(): string {
  return signature(useSession().role.name, useOwnPost()?.principalName ?? null);
}

/**
 * Whether the person holds a right, or one of several. The acts possible on one thing are sent with the thing (`can`).
 */
export function useCan(permission: Permission | readonly Permission[] | undefined): boolean {
  return mayOpen(useSession(), permission);
}

export function mayOpen(session: Session, permission: Permission | readonly Permission[] | undefined): boolean {
  if (permission === undefined) return true;
  const wanted = typeof permission === 'string' ? [permission] : permission;
  return wanted.some((one) => session.permissions.includes(one));
}

/**
 * The session of this browser in the post of this tab, cached for a while; null where nobody is signed in. The first
 * answer states the post of a new tab. From then on the tab names it, even if other tabs choose another.
 */
export async function readSession(): Promise<Session | null> {
  try {
    const session = await queryClient.ensureQueryData({
      ...reading(read, {}),
      queryFn: ({ signal }) => askSession(signal),
    });
    if (session.post !== null) setTabPost(postText(session.post));
    return session;
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status !== 401) throw problem;
    nobodyBecause = problem.code === 'session.missing' ? undefined : endedBecause(problem);
    return null;
  }
}

let nobodyBecause: string | undefined;

/** Why `readSession` found nobody, as the sign-in names it; undefined for somebody who was not signed in at all. */
export function whyNobody(): string | undefined {
  return nobodyBecause;
}

let changeOfPosts: string | undefined;

/**
 * The reason that the sign-in shows for a refusal, as it stands in the address. Which post was given or taken is kept in
 * memory alone: an address that shows any text on the sign-in would serve a stranger.
 */
export function endedBecause({
  code,
  message,
  details,
}: {
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
}): string {
  changeOfPosts = code === 'session.postsChanged' ? message : undefined;
  if (code === 'session.endedElsewhere') {
    return (details as { because?: unknown } | undefined)?.because === 'password' ? 'password' : 'elsewhere';
  }
  return code === 'session.postsChanged' ? 'posts' : 'ended';
}

/** The sentence that names the changed posts; undefined where this page was loaded afterwards. */
export function whichPostsChanged(): string | undefined {
  return changeOfPosts;
}

/** A tab whose post was taken away asks again without a post. */
async function askSession(signal: AbortSignal): Promise<Session> {
  try {
    return await call(read, {}, { signal, asking: true });
  } catch (error) {
    if (!asProblem(error).ofPost) throw error;
    setTabPost(null);
    return call(read, {}, { signal, asking: true });
  }
}

/** The session for the desk, read again from time to time. */
export function useOwnSession(): Read<Session> {
  return useRead(read, {}, { staleTime: 5 * 60_000 });
}

/** The session as this page last read it; undefined where it has read none. */
export function knownSession(): Session | undefined {
  return queryClient.getQueryData<Session>(reading(read, {}).queryKey);
}

/** Ends the session at the server; what this browser knows of it is forgotten by `forgetSession`. */
export async function endSession(): Promise<void> {
  await call(signOut, {});
}

/** Reports to the server that the person is still there; a failed report does not matter. */
export function prolongSession(): void {
  call(read, {}).catch(() => {});
}

/** The session for pages before the desk, where the person may not have chosen a post yet. */
export function useWholeSession(): Read<Session> {
  return useQuery({
    queryKey: ['session.read', 'posts'],
    queryFn: ({ signal }) => askSession(signal),
  }) as Read<Session>;
}

type Cleaner = () => void | Promise<void>;
const cleaners = new Set<Cleaner>();

/** Code that keeps something of the person in memory registers here how to forget it. */
export function onSignOut(clean: Cleaner): void {
  cleaners.add(clean);
}

/**
 * Forgets everything that this browser has of the person, except what was typed and is unsent: that waits for the same
 * person. Call it when no page of the person is drawn any more, because a page may still type.
 */
export async function forgetSession(): Promise<void> {
  queryClient.clear();
  setTabPost(null);
  await Promise.all([...cleaners].map((clean) => clean()));
  // Pages that are not open now are included.
  wipeLocalCopies(localStorage);
  wipeLocalCopies(sessionStorage);
}
