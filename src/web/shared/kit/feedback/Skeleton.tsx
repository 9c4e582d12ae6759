import { useEffect, useState } from 'react';
import style from './Skeleton.module.css';

export type SkeletonShape = 'table' | 'text' | 'form' | 'figure';

const counts: Record<SkeletonShape, number> = { table: 8, text: 4, form: 6, figure: 1 };

/** The outline of the content that is loading, drawn only when the load takes longer than 300 ms. */
export function Skeleton({ shape = 'text', rows = counts[shape] }: { shape?: SkeletonShape; rows?: number }) {
  const late = useLate(300);
  if (!late) return <div className={style.quiet} aria-busy="true" />;
  return (
    <div className={`${style.skeleton} ${style[shape]}`} role="status" aria-busy="true">
      <span className="visually-hidden">正在读取</span>
      {Array.from({ length: rows }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          key={index}
          className={style.bar}
          style={{ inlineSize: `${shape === 'text' ? 92 - index * 13 : 100}%` }}
        />
      ))}
    </div>
  );
}

/** False at first, true after so many milliseconds: a quick load shows no skeleton at all. */
export function useLate(milliseconds: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return late;
}
