import { formatDateTime } from '../../words/format.ts';
import { Chronicle } from './Chronicle.tsx';
import { Section } from './Page.tsx';

interface TakenStep {
  readonly id: string;
  readonly at: string;
  readonly actorName: string;
  readonly title: string;
  readonly reason: string | null;
}

/** 办理经过: who took which step of one thing and when, with the reason where one was given. */
export function StepHistory({ steps }: { steps: readonly TakenStep[] }) {
  return (
    <Section title="办理经过">
      <Chronicle
        entries={steps.map(({ id, at, actorName, title, reason }) => ({
          key: id,
          time: formatDateTime(at),
          content: (
            <>
              {actorName} {title}
              {reason !== null && <p className="soft">{reason}</p>}
            </>
          ),
        }))}
      />
    </Section>
  );
}
