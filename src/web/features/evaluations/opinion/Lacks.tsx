import { bareNames } from '#web/shared/framework/indicator.words.ts';
import type { Opinion } from '../evaluation-reply.ts';
import style from './Opinion.module.css';

/** Over what only the letter wants: until then the subject has not read it. */
export const aheadText = '督导意见书还要写全的（反馈以后补写的，被督导单位在意见书里才看到）：';

/** What an opinion lacks, under a line that says for what. */
export function Lacks({ title, lacks }: { title: string; lacks: Opinion['lacks'] }) {
  if (lacks.length === 0) return null;
  return (
    <div className={style.group}>
      <p className="soft">{title}</p>
      <ul className={style.lacks}>
        {lacks.map(({ code, sentence }) => (
          <li key={`${code} ${sentence}`}>{bareNames(sentence)}</li>
        ))}
      </ul>
    </div>
  );
}
