import { useEffect, useState } from 'react';
import style from './Waiting.module.css';

/** Shows that a task of more than a second is still going on, and for how long. */
export function Waiting({ children }: { children: string }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < 1) return null;
  return (
    <div className={style.waiting} role="status">
      <span className={style.moving} aria-hidden="true" />
      {children}，已用 {seconds} 秒
    </div>
  );
}
