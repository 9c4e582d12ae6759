import { useSyncExternalStore } from 'react';
import { choosePost } from '#contract/session/session.ts';
import { type PostName, postText } from '#domain/access/actor.ts';
import { call } from '../call/call.ts';
import { setTabPost } from './tab-post.ts';

type Leaver = () => void | Promise<void>;
const leavers = new Set<Leaver>();

/** Whoever has something on its way to the server says here how it gets there before the post of this tab changes. */
export function onLeavePost(leave: Leaver): void {
  leavers.add(leave);
}

/**
 * From now on this tab works in this post, and so does a new tab. What is on its way is sent first; then the desk opens
 * anew, because another post is another desk.
 */
export async function workInPost(post: PostName, address = '/'): Promise<void> {
  await Promise.all([...leavers].map((leave) => leave()));
  await call(choosePost, { body: { grantId: post.grantId, standInId: post.standInId } });
  setTabPost(postText(post));
  location.assign(address);
}

let lost = false;
const listeners = new Set<() => void>();

/** The server says that this tab's post is no longer the person's: the desk says so and offers the others. */
export function notePostLost(): void {
  lost = true;
  for (const listen of listeners) listen();
}

/** Whether the post of this tab was lost since it opened. */
export function usePostLost(): boolean {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => lost,
  );
}
