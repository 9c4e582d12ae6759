import { useSyncExternalStore } from 'react';
import { choosePost } from '#contract/session/session.ts';
import { type PostName, postText } from '#domain/access/actor.ts';
import { call } from '../call/call.ts';
import { setTabPost } from './tab-post.ts';
import { sendUnsent } from './unsent.ts';

/**
 * Makes this tab work in this post from now on, and new tabs too. Unsent changes are sent first. Then the desk is
 * loaded again, because another post has another desk.
 */
export async function workInPost(post: PostName, address = '/'): Promise<void> {
  await sendUnsent();
  await call(choosePost, { body: { grantId: post.grantId, standInId: post.standInId } });
  setTabPost(postText(post));
  location.assign(address);
}

let lost = false;
const listeners = new Set<() => void>();

/** The server reports that the person no longer holds this tab's post: the desk says so and offers the others. */
export function notePostLost(): void {
  lost = true;
  for (const listen of listeners) listen();
}

/** Whether the post of this tab was taken away since it opened. */
export function usePostLost(): boolean {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => lost,
  );
}

/** Where a post works: its unit or school; a seat on a panel belongs to no unit, and the administrators to the whole. */
export function placeOfPost({ placeName, role }: { placeName: string | null; role: string }): string {
  return placeName ?? (role === 'expert' ? '督导组' : '系统');
}

/** Whether a post reaches what is assigned to it, such as schools or a seat on a panel, and without it nothing. */
export function worksByAssignment({ level }: { level: string }): boolean {
  return level === 'schools' || level === 'campaign';
}
