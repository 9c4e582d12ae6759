import { Link, useLocation } from '@tanstack/react-router';
import { usePostLost } from '#web/shared/session/post.ts';
import style from './frame/Offline.module.css';

/** This tab's post was taken away: nothing is lost, and the person can choose another post here. */
export function PostLost() {
  const lost = usePostLost();
  const back = useLocation({ select: (location) => location.href });
  if (!lost) return null;
  return (
    <p className={`${style.band} ${style.stays} screen-only`} role="status">
      您已切换岗位，或这个岗位已不再由您担任。您填写的内容没有丢失。{' '}
      <Link to="/post" search={{ back, because: 'changed' }} className={style.way}>
        选择岗位
      </Link>
    </p>
  );
}
