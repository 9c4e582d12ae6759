import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import style from './BalanceStanding.module.css';
import { standingText } from './standing-text.ts';

/** On the home page: the number of units for which a verdict can be given, in the words of the balance page. */
export default function BalanceStanding({ figures }: { figures: Figures }) {
  const of = (figure: string) => figures[`balance.${figure}`] ?? 0;
  return (
    <p className={style.standing}>
      <span className="soft">均衡结论</span>
      <Link to="/balance">{standingText(of('available'), of('provisional'), of('unavailable'))}</Link>
    </p>
  );
}
