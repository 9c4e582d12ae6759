import { postText, signature } from '#domain/access/actor.ts';
import { placeOfPost } from '../session/post.ts';
import type { Session } from '../session/session.tsx';
import style from './PostChoices.module.css';

export type SessionPost = Session['posts'][number];

/** A post in words: the role, where, and for whom. */
export function postTitle(post: Pick<SessionPost, 'roleName' | 'principalName'>): string {
  return signature(post.roleName, post.principalName);
}

/** The posts of a person, each as a button. */
export function PostChoices({
  posts,
  onChoose,
}: {
  posts: readonly SessionPost[];
  onChoose: (post: SessionPost) => void;
}) {
  return (
    <ul className={style.posts}>
      {posts.map((post) => (
        <li key={postText(post)}>
          <button type="button" className={style.post} onClick={() => onChoose(post)}>
            <strong>{postTitle(post)}</strong>
            <span className={style.place}>{placeOfPost(post)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
