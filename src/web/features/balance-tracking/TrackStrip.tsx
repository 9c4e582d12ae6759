import type { TrackStanding, TrackState } from '#domain/balance-tracking/state.ts';
import { termStates, termTitles, trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { Peek } from '#web/shared/kit/words/Peek.tsx';
import style from './TrackStrip.module.css';

interface TrackStripProps {
  name: string;
  state: TrackState;
  standing: TrackStanding;
  terms: readonly { readonly state: string; readonly dueOn: string }[];
  late: boolean;
}

const [width, gap, height] = [18, 3, 12];

/**
 * The states of one year beside each other; the present one is filled, a late one in the colour of faults. Focus, a tap and
 * the pointer show their names and days.
 */
export function TrackStrip({ name, state, standing, terms, late }: TrackStripProps) {
  const at = stepOf(state);
  const spoken =
    at < 0 || state === 'closed'
      ? `${name}：${trackStandingTitles[standing]}`
      : `${name}：第 ${at + 1} 步，共 ${termStates.length} 步，${trackStandingTitles[standing]}${late ? '，已逾期' : ''}`;
  return (
    <Peek
      name={spoken}
      label={
        <svg className={style.strip} width={termStates.length * (width + gap)} height={height} aria-hidden="true">
          {termStates.map((one, index) => (
            <rect
              key={one}
              className={index < at ? style.done : index > at ? style.ahead : late ? style.late : style.now}
              x={index * (width + gap) + 0.5}
              y={0.5}
              width={width - 1}
              height={height - 1}
              rx={2}
            />
          ))}
        </svg>
      }
    >
      <TermSteps state={state} terms={terms} late={late} />
    </Peek>
  );
}

/** The steps of a year in their order, each with its day and how far it is. */
export function TermSteps({ state, terms, late }: Pick<TrackStripProps, 'state' | 'terms' | 'late'>) {
  const at = stepOf(state);
  return (
    <ol className={style.names}>
      {termStates.map((one, index) => {
        const dueOn = terms.find((term) => term.state === one)?.dueOn;
        const far = at < 0 ? '' : index < at ? '，已办' : index === at ? (late ? '，已逾期' : '，正在办理') : '';
        return (
          <li
            key={one}
            className={index === at ? style.present : undefined}
            aria-current={index === at ? 'step' : undefined}
          >
            {`${termTitles[one]}${dueOn === undefined ? '' : `：${dueOn} 前`}${far}`}
          </li>
        );
      })}
    </ol>
  );
}

/** Which step a state is, from zero; behind the last at the end, -1 where the year was cancelled. */
function stepOf(state: TrackState): number {
  return state === 'closed' ? termStates.length : (termStates as readonly string[]).indexOf(state);
}
