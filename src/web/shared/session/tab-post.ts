const key = 'dudao.post';

/**
 * The post in which this tab works, as requests name it; null before the first answer. It lasts as long as the tab, so
 * that two tabs can work in two posts side by side.
 */
export function tabPost(): string | null {
  return typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem(key);
}

/** Stores the post of this tab; null: the next answer states it. */
export function setTabPost(post: string | null): void {
  if (post === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, post);
}
