import { Link, type LinkProps } from '@tanstack/react-router';
import { beginning } from '#contract/home/home.ts';
import { type Permission, usualHolder } from '#domain/access/permissions.ts';
import { useRead } from '#web/shared/call/queries.ts';
import type { Step, StepWords } from '#web/shared/desk/desk.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import style from './Beginning.module.css';

/** The steps of a new installation for those who set it up; none once the first year is open. */
export function useSteps(enabled: boolean): readonly Step[] {
  return useRead(beginning, {}, { enabled }).data?.steps ?? [];
}

/** The steps until the first year is open: state, who does it, and the act of whoever looks. */
export function Beginning({ steps: sent }: { steps: readonly Step[] }) {
  const { permissions } = useSession();
  const { stepWords } = here(deskWords);
  const steps = sent.flatMap((step) => {
    const words = stepWords[step.kind];
    return words ? [{ step, words }] : [];
  });
  if (steps.length === 0) return null;
  const next = steps.findIndex(({ step }) => !step.done);
  return (
    <Section title="启用本系统" note="开启首个学年后，这些步骤不再显示。">
      <ol className={style.steps}>
        {steps.map(({ step, words }, at) => (
          <StepLine key={step.kind} step={step} words={words} next={at === next} held={permissions} />
        ))}
      </ol>
    </Section>
  );
}

interface StepLineProps {
  step: Step;
  words: StepWords;
  /** The first step that is not done. */
  next: boolean;
  held: readonly string[];
}

function StepLine({ step, words, next, held }: StepLineProps) {
  const mine = step.doers.find(({ permission }) => held.includes(permission));
  const act = mine && words.acts[mine.permission];
  const Part = words.load && partOf(words.load);
  const others = waitsForOthers(step, held);
  return (
    <li className={style.step} data-next={next || undefined}>
      <StateMark
        state={step.done ? 'valid' : next ? 'attention' : 'notStarted'}
        text={step.done ? '已完成' : others ? '等待授予' : next ? '这一步' : '未开始'}
      />
      <div>
        <strong>{words.title}</strong>
        <p className="caption">
          {step.count > 0 && `现有 ${words.made(formatNumber(step.count))}。`}
          {!step.done && <Doers step={step} words={words} held={held} />}
        </p>
        {!step.done && act && Part && <WhenHere late={Part}>{({ default: Drawn }) => <Drawn />}</WhenHere>}
      </div>
      {act?.link && (
        <Link {...(act.link as LinkProps)} className={style.verb}>
          {step.done || others ? (act.again ?? '查看') : act.verb} <span aria-hidden="true">→</span>
        </Link>
      )}
    </li>
  );
}

const grantsPosts: Permission = 'role.grant';

/** Whether what this person does is done, and a proposal waits for somebody else to grant it. */
const waitsForOthers = ({ done, proposed }: Step, held: readonly string[]) =>
  !done && proposed > 0 && !held.includes(grantsPosts);

/** `陈系统，0379-1；王全` */
const named = (holders: Step['doers'][number]['holders']) =>
  holders.map(({ name, phone }) => [name, phone].filter(Boolean).join('，')).join('；');

/** Who does what: `由系统管理员（陈系统，0379-1）建立账户；由安全管理员授予角色，还没有人。` */
function Doers({ step, words, held }: Pick<StepLineProps, 'step' | 'words' | 'held'>) {
  if (waitsForOthers(step, held)) {
    const grantor = step.doers.find(({ permission }) => permission === grantsPosts);
    const whom = named(grantor?.holders ?? []);
    return `已提出 ${formatNumber(step.proposed)} 个岗位，等待${usualHolder(grantsPosts)}${whom ? `（${whom}）` : ''}授予${whom ? '' : '；还没有人'}。`;
  }
  const parts = step.doers.map(({ permission, holders }) => {
    const verb = words.acts[permission]?.verb ?? '';
    if (held.includes(permission)) return `由您${verb}`;
    const whom = named(holders);
    return whom ? `由${usualHolder(permission)}（${whom}）${verb}` : `由${usualHolder(permission)}${verb}（还没有人）`;
  });
  return <>{parts.join('；')}。</>;
}

type Load = NonNullable<StepWords['load']>;
const parts = new Map<Load, ReturnType<typeof late<Awaited<ReturnType<Load>>>>>();

/** One part for each loader: a part that is made anew with each drawing would be loaded anew. */
function partOf(load: Load) {
  const part = parts.get(load) ?? late(load);
  parts.set(load, part);
  return part;
}
