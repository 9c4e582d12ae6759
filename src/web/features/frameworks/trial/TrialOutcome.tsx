import type { tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { figureText, openNameText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

type Trial = RouteOutput<typeof tryOut>;

interface TrialOutcomeProps {
  trial: Trial;
  /** Opens an indicator below. */
  onNode: (code: string) => void;
}

/** What a trial came to: the total with the range that it can still take, and the conclusions with what is open. */
export function TrialOutcome({ trial, onNode }: TrialOutcomeProps) {
  const { total, max, provisional, conclusions } = trial;
  const held = [...trial.vetoes, ...trial.caps, ...trial.downgrades].filter(({ holds }) => holds === 'yes');
  const open = [...trial.vetoes, ...trial.caps, ...trial.downgrades].filter(({ holds }) => holds === 'open');
  const unanswered = provisional?.unanswered ?? [];
  const failed = trial.leaves.filter(({ verdict }) => verdict === 'no').map(({ code }) => code);
  // Leaves without an answer are listed below, each to be opened.
  const names = [...new Set([...open.flatMap((one) => one.open), ...conclusions.flatMap((one) => one.open)])].filter(
    (name) => !unanswered.includes(name),
  );
  return (
    <Section
      title="试算结果"
      note={provisional === null ? '全部已有结果' : `${unanswered.length} 项还没有答案，得分只是暂时的`}
    >
      <Facts
        items={[
          [
            '总分',
            total === null ? (
              <Missing key="total" reason="这个体系不计总分，或还不能得出" />
            ) : max === null ? (
              `${figureText(total)} 分`
            ) : (
              `${figureText(total)} / ${figureText(max)} 分`
            ),
          ],
          provisional && [
            '还可能',
            provisional.to === null
              ? `${figureText(provisional.from)} 分以上，上限未知`
              : `${figureText(provisional.from)} 至 ${figureText(provisional.to)} 分`,
          ],
          trial.bonus !== '0' && ['其中加分', `${figureText(trial.bonus)} 分`],
          ...conclusions.map(
            ({ table, name, open: unknown }) =>
              [
                table,
                unknown.length > 0 && !name.includes('待定') && !name.includes('未定') ? `${name}（待定）` : name,
              ] as const,
          ),
          held.length > 0 && ['成立的规则', held.map(({ text }) => text).join('；'), 'wide'],
          names.length > 0 && ['结论还取决于', names.map(openNameText).join('、'), 'wide'],
          trial.actions.length > 0 && ['处理', trial.actions.join('；'), 'wide'],
        ]}
      />
      <Codes title="未达到" codes={failed} onNode={onNode} />
      <Codes title="还没有答案" codes={unanswered} onNode={onNode} />
      <KnownFacts trial={trial} />
    </Section>
  );
}

const most = 20;

/** Indicators by their codes, each opened by a press. */
function Codes({ title, codes, onNode }: { title: string; codes: readonly string[]; onNode: (code: string) => void }) {
  if (codes.length === 0) return null;
  return (
    <Row>
      <span className="soft">{title}：</span>
      {codes.slice(0, most).map((code) => (
        <Button key={code} kind="quiet" small onClick={() => onNode(code)}>
          {code}
        </Button>
      ))}
      {codes.length > most && <span className="soft">等 {codes.length} 项</span>}
    </Row>
  );
}

/** How much of what was read the system knows by itself. */
function KnownFacts({ trial: { facts } }: { trial: Trial }) {
  if (facts.length === 0) return null;
  const known = facts.filter(({ value }) => value !== null);
  // What was answered once is shown as known wherever it is asked again, with its date and evidence.
  const entered = known.filter(({ evidence }) => evidence !== null);
  const provisional = known.filter((fact) => fact.provisional).map(({ name }) => name);
  return (
    <>
      {provisional.length > 0 && (
        <Band tone="look" label="暂定数据">
          {`有 ${provisional.length} 项取自尚未定案的数据，得分和结论可能改变：${provisional.join('、')}`}
        </Band>
      )}
      {entered.length > 0 && (
        <ul className="caption">
          {entered.map(({ name, value, evidence }) => (
            <li key={name}>{`${openNameText(name)} ${value}：已填报，${evidence}`}</li>
          ))}
        </ul>
      )}
      <p className="caption">{`系统取到 ${known.length} 项数据，${facts.length - known.length} 项没有数据。`}</p>
    </>
  );
}
