import type { Figures } from '#web/shared/desk/desk.ts';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';
import { type StateLook, StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { filingMarks } from '../desk/state-marks.ts';
import { cityManagedNote } from '../period/progress.words.ts';
import style from './YearProgress.module.css';

/** On the home page: the progress of the year's filings. */
export default function YearProgress({ figures }: { figures: Figures }) {
  const { school, role } = useSession();
  const of = (figure: string) => figures[`filings.${figure}`] ?? 0;
  if (school) return <OwnProgress submitted={of('submitted')} approved={of('approved')} accepted={of('accepted')} />;
  // The figures of a county hold its 市直 schools, which its own lists of work leave to the city.
  const note =
    role.level === 'county' &&
    cityManagedNote(
      [
        { managedBy: 'city', owes: of('cityManaged') },
        { managedBy: 'county', owes: of('owed') - of('cityManaged') },
      ],
      '其中',
    );
  return (
    <div className={style.progress}>
      <Progress label="学校提交" value={of('submitted')} of={of('owed')} unit="所" />
      <Progress label="县级批准" value={of('approved')} of={of('owed')} unit="所" />
      <Progress label="市级接收" value={of('accepted')} of={of('owed')} unit="所" />
      {note && <p className="caption">{note}</p>}
    </div>
  );
}

interface OwnProgressProps {
  submitted: number;
  approved: number;
  accepted: number;
}

/** The progress of one school's filing: three steps, each done or not. */
function OwnProgress({ submitted, approved, accepted }: OwnProgressProps) {
  const steps: ReadonlyArray<readonly [done: boolean, StateLook, is: string, isNot: string]> = [
    [submitted > 0, filingMarks.submitted, '学校已提交', '学校未提交'],
    [approved > 0, filingMarks.approved, '县级已批准', '县级未批准'],
    [accepted > 0, filingMarks.accepted, '市级已接收', '市级未接收'],
  ];
  return (
    <ol className={style.steps}>
      {steps.map(([done, state, is, isNot]) => (
        <li key={is}>
          <StateMark state={done ? state : filingMarks.untouched} text={done ? is : isNot} />
        </li>
      ))}
    </ol>
  );
}
