import { Link } from '@tanstack/react-router';
import { useSession } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import style from './Home.module.css';

/** What the owner of an account is told after others have guessed at its password. */
export function Guessed() {
  const { guessed } = useSession();
  if (!guessed) return null;
  return (
    <p className={style.reminded}>
      <strong>密码被试：</strong>
      {formatDateTime(guessed.since)} 至您这次登录之间，有人用您的用户名输错密码 {guessed.tries} 次，来自{' '}
      {guessed.addresses} 个网络地址。如果不是您本人，请到<Link to="/account">我的账户</Link>
      修改密码，并告知系统管理员。
    </p>
  );
}
