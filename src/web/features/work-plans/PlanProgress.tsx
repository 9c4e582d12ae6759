import type { Figures } from '#web/shared/desk/desk.ts';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';

/** On the home page: how many items of the year's plan are done. */
export default function PlanProgress({ figures }: { figures: Figures }) {
  return (
    <Progress
      label="计划任务"
      value={figures['work-plans.done'] ?? 0}
      of={figures['work-plans.items'] ?? 0}
      unit="项"
    />
  );
}
