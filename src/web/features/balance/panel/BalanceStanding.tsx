import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import style from './BalanceStanding.module.css';
import { standingText } from './standing-text.ts';

/** On the home page: the number of units for which a verdict can be given. */
export default function BalanceStanding({ figures }: { figures: Figures }) {
  return (
    <p className={style.standing}>
      <span className="soft">均衡结论</span>
      <Link to="/balance">{standingText(figures['balance.available'] ?? 0, figures['balance.incomplete'] ?? 0)}</Link>
    </p>
  );
}
