import { createContext, type ReactNode, useContext } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { read } from '#contract/session/session.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { call } from './call.ts';
import { wipeLocalCopies } from './local-copies.ts';
import { asProblem } from './problem.ts';
import { queryClient, reading } from './queries.ts';

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

/** The session of this browser, kept for a while; null where nobody is signed in. */
export async function readSession(): Promise<Session | null> {
  try {
    return await queryClient.ensureQueryData({
      ...reading(read, {}),
      queryFn: ({ signal }) => call(read, {}, { signal, asking: true }),
    });
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 401) return null;
    throw problem;
  }
}

type Cleaner = () => void | Promise<void>;
const cleaners = new Set<Cleaner>();

/** Local copies of anything must go at sign-out: whoever keeps some says here how they are removed. */
export function onSignOut(clean: Cleaner): void {
  cleaners.add(clean);
}

/** Forgets everything that this browser knows of the person: answers, local copies. */
export async function forgetSession(): Promise<void> {
  queryClient.clear();
  await Promise.all([...cleaners].map((clean) => clean()));
  // Also of pages that are not open now.
  wipeLocalCopies(localStorage);
}
