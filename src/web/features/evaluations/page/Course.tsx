import { Link } from '@tanstack/react-router';
import { daysBetween } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { EditionLink } from '#web/shared/framework/EditionLink.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { StepHistory } from '#web/shared/kit/layout/StepHistory.tsx';
import { daysLeft } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { LastFindings } from '../leaf/LastFindings.tsx';
import { ProvinceGiven } from '../province/ProvinceGiven.tsx';
import style from './EvaluationPage.module.css';

/** When each step is, what letters came of it, and what happened so far. */
export function Course({ evaluation }: { evaluation: Evaluation }) {
  const { today } = useDeskContext();
  const readsCampaigns = useCan('campaign.read');
  const { edition, steps, state, letters, history, readEditionAt, province, totals, lastFindings, can } = evaluation;
  const sent = [
    ['督导通知', letters.notice],
    ['督导意见书', letters.opinion],
    ['结果通报', letters.result],
  ] as const;
  return (
    <>
      <Section title="时间安排">
        <table className={style.steps}>
          <caption className="visually-hidden">各步骤的日期</caption>
          <thead>
            <tr>
              <th scope="col">步骤</th>
              <th scope="col">开始</th>
              <th scope="col">截止</th>
              <th scope="col">办完</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, at) => {
              const isNow = step.step === state;
              const left = daysBetween(today, step.to);
              return (
                <tr key={step.step} data-now={isNow || undefined} aria-current={isNow ? 'step' : undefined}>
                  <th scope="row">
                    {at + 1}. {step.title}
                    {step.extendedReason !== null && <span className="caption">　延期：{step.extendedReason}</span>}
                  </th>
                  <td className="tabular">{step.from}</td>
                  <td className="tabular">{step.to}</td>
                  <td className="tabular">
                    {step.doneOn ?? (isNow ? daysLeft(left) : <Missing reason="还没有办到这一步" />)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Section>
      <Section title="依据和公文">
        <Facts
          items={[
            [
              '指标体系',
              <EditionLink key="edition" edition={edition}>
                {edition.title}
              </EditionLink>,
            ],
            [
              '项目',
              readsCampaigns ? (
                <Link key="campaign" to="/campaigns/$campaignId" params={{ campaignId: evaluation.campaignId }}>
                  {evaluation.title}
                </Link>
              ) : (
                evaluation.title
              ),
            ],
            ['评估年度', `${evaluation.assessmentYear} 年`],
            ['认定年度', `${evaluation.decisionYear} 年`],
            ...sent.map(
              ([name, letter]) =>
                letter !== null &&
                ([
                  name,
                  <Link key={name} to="/letters/$letterId" params={{ letterId: letter }}>
                    查看公文
                  </Link>,
                ] as const),
            ),
            readEditionAt !== null && ['学习指标体系', `${formatDateTime(readEditionAt)} 已学习`],
          ]}
        />
      </Section>
      {lastFindings.length > 0 && (
        <Section
          title="上一轮没有对应指标的问题"
          note="开启本次评估时的整改状态；对应到指标的问题在各项指标的“以前的情况”中"
        >
          <LastFindings findings={lastFindings} />
        </Section>
      )}
      {(province.length > 0 || can.enterProvince) && (
        <Section title="省级结果" note="按省里的文件照录；各项指标的省级得分在指标的“各层得分”中录入">
          <ProvinceGiven
            evaluation={evaluation}
            code={null}
            entries={province}
            city={totals.find(({ layer }) => layer === 'city')?.total ?? null}
            mayEnter={can.enterProvince}
          />
        </Section>
      )}
      {history.length > 0 && <StepHistory steps={history} />}
    </>
  );
}
