import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { read, signOut } from '#contract/session/session.ts';
import { postText } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { call } from '../call/call.ts';
import { asProblem } from '../call/problem.ts';
import { queryClient, type Read, reading, useRead } from '../call/queries.ts';
import { wipeLocalCopies } from '../local-copies.ts';
import { setTabPost } from './tab-post.ts';

export type Session = RouteOutput<typeof read>;

const Context = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** Who is signed in. Pages of the desk always have somebody. */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('useSession stands outside the desk.');
  return session;
}

/** Whether the person holds a right, or one of several. What may be done to one thing comes with the thing (`can`). */
export function useCan(permission: Permission | readonly Permission[] | undefined): boolean {
  return mayOpen(useSession(), permission);
}

export function mayOpen(session: Session, permission: Permission | readonly Permission[] | undefined): boolean {
  if (permission === undefined) return true;
  const wanted = typeof permission === 'string' ? [permission] : permission;
  return wanted.some((one) => session.permissions.includes(one));
}

/**
 * The session of this browser in the post of this tab, kept for a while; null where nobody is signed in. The first answer
 * says the post of a new tab, and from then on the tab names it, whatever other tabs choose.
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
    if (problem.status === 401) return null;
    throw problem;
  }
}

/** A tab whose post was taken away asks again without it. */
async function askSession(signal: AbortSignal): Promise<Session> {
  try {
    return await call(read, {}, { signal, asking: true });
  } catch (error) {
    if (!asProblem(error).ofPost) throw error;
    setTabPost(null);
    return call(read, {}, { signal, asking: true });
  }
}

/** The session as the desk reads it, and reads it again from time to time. */
export function useOwnSession(): Read<Session> {
  return useRead(read, {}, { staleTime: 5 * 60_000 });
}

/** Tells the server that the person is still there; it does not matter when that cannot be said. */
export function prolongSession(): void {
  call(read, {}).catch(() => {});
}

/** The session for pages before the desk, where no post may be chosen yet. */
export function useWholeSession(): Read<Session> {
  return useQuery({
    queryKey: ['session.read', 'posts'],
    queryFn: ({ signal }) => askSession(signal),
  }) as Read<Session>;
}

type Cleaner = () => void | Promise<void>;
const cleaners = new Set<Cleaner>();

/** Local copies of anything must go at sign-out: whoever keeps some says here how they are removed. */
export function onSignOut(clean: Cleaner): void {
  cleaners.add(clean);
}

/** Ends the session; where that cannot be said to the server, this browser forgets the person all the same. */
export async function leaveSession(): Promise<void> {
  await call(signOut, {}).catch(() => {});
  await forgetSession();
}

/** Forgets everything that this browser knows of the person: answers, local copies. */
export async function forgetSession(): Promise<void> {
  queryClient.clear();
  setTabPost(null);
  await Promise.all([...cleaners].map((clean) => clean()));
  // Also of pages that are not open now.
  wipeLocalCopies(localStorage);
}
