import type { tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';

type Trial = RouteOutput<typeof tryOut>;

const stateWords = { scored: '', unanswered: '还没有答案', notApplicable: '不适用', unknownMax: '分值未见' } as const;
const byWords = { person: '按试填的答案', facts: '由系统取数', given: '给定的得分' } as const;

interface TrialStepsProps {
  trial: Trial;
  indicator: Indicator;
}

/** How the points of one indicator came about. */
export function TrialSteps({ trial, indicator: { code } }: TrialStepsProps) {
  const leaf = trial.leaves.find((one) => one.code === code);
  const node = leaf ?? trial.nodes.find((one) => one.code === code);
  if (!node) return null;
  const of = node.max === null ? '' : ` / ${figureText(node.max)}`;
  const title =
    node.points !== null
      ? `得分 ${figureText(node.points)}${of}`
      : verdictText(node.verdict) || (leaf && stateWords[leaf.state]) || '还不能得出';
  return (
    <Section title={title} {...(leaf?.state === 'scored' ? { note: byWords[leaf.by] } : {})}>
      {leaf?.grade && <p>等次：{leaf.grade}</p>}
      {leaf && leaf.open.length > 0 && <p>{`没有人填报、暂按不成立：${leaf.open.join('、')}`}</p>}
      <ol>
        {node.steps.map(({ words, value }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a finished computation stay in their order
          <li key={at}>{value === null ? words : `${words}：${value}`}</li>
        ))}
      </ol>
    </Section>
  );
}

/** What stands behind an indicator in the tree: its points in the trial, or the points that it has. */
export function leafNote(trial: Trial | null, { code, points }: Indicator): string | undefined {
  const found = trial?.leaves.find((one) => one.code === code) ?? trial?.nodes.find((one) => one.code === code);
  if (!found) return points === 'none' || points === null ? undefined : `${points} 分`;
  if (found.points !== null) {
    return found.max === null ? figureText(found.points) : `${figureText(found.points)}/${figureText(found.max)}`;
  }
  return verdictText(found.verdict) || ('state' in found ? stateWords[found.state] : undefined);
}

const verdictText = (verdict: Trial['leaves'][number]['verdict']) =>
  verdict === 'yes' ? '达到' : verdict === 'no' ? '未达到' : '';
