import { Link } from '@tanstack/react-router';
import { postText } from '#domain/access/actor.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { WorkHere } from '#web/shared/session/WorkHere.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import style from './Home.module.css';

/** A colleague's posts in which this person stands in, with links to them. */
export function LentPosts() {
  return useSession()
    .posts.filter((one) => one.principalName !== null)
    .map((post) => (
      <p key={postText(post)} className={style.reminded}>
        <strong>代办：</strong>
        您代{post.principalName}办理{post.roleName}的事项，至 {formatDate(post.until ?? '')}（含当日）。
        <WorkHere post={post} />
      </p>
    ));
}

/** The own posts that a colleague works in now. */
export function GivenPosts() {
  return useSession().given.map((one) => (
    <p key={one.id} className={style.reminded}>
      <strong>代办：</strong>
      {one.personName}代您办理{one.roleName}的事项，至 {formatDate(one.until)}（含当日），可在
      <Link to="/account">我的账户</Link>提前结束。
    </p>
  ));
}
