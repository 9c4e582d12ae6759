import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { campaignForm, create, template } from '#contract/campaigns/campaigns.ts';
import { basisText, evaluationKindTitles, kindOf } from '#domain/evaluation/kind.ts';
import { type EvaluationKind, evaluationKinds } from '#domain/evaluation/lists.ts';
import { daysBetween } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { ChoiceField, SelectField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { ActBar } from '#web/shared/kit/layout/ActBar.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { useFormGuard } from '#web/shared/page/useLeaveGuard.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { newCampaignSearch } from '../campaign.search.ts';
import { subjectNoun, subjectWord } from '../campaign.words.ts';
import type { Template } from '../campaign-reply.ts';
import { Gantt } from '../timetable/Gantt.tsx';
import { timetableRows } from '../timetable/timetable-rows.ts';
import { CampaignFields } from './CampaignFields.tsx';
import { EditionField, nameOf } from './EditionField.tsx';
import style from './NewCampaign.module.css';

const noEarlier = 'none';

/** 新建评估项目: chosen by kind and year, everything else is filled from the template. */
export default function NewCampaign() {
  const [search, setSearch] = useSearchState(newCampaignSearch);
  const { today } = useDeskContext();
  const thisYear = Number(today.slice(0, 4));
  const { kind = 'county-inspection', assessed = thisYear, earlier } = search;
  const query = { kind, year: assessed, ...(earlier === undefined ? {} : { earlierId: earlier }) };
  const read = useRead(template, { query }, { keepPrevious: true });
  return (
    <Page
      wide
      title="新建评估项目"
      above={
        <Link to="/campaigns" search={{}}>
          评估项目
        </Link>
      }
      state={read.data && summaryOf(kind, read.data)}
    >
      <Split columns="minmax(14rem, 17rem) minmax(0, 1fr)" gap={8}>
        <Stack>
          <ChoiceField
            label="种类"
            value={kind}
            options={evaluationKinds.map((value) => ({
              value,
              label: evaluationKindTitles[value],
              note: `${kindOf(value).title}，${kindOf(value).steps.length} 个步骤`,
            }))}
            onChange={(chosen) => setSearch({ kind: chosen, earlier: undefined }, { replace: true })}
          />
          <Pair>
            <SelectField
              label="考评年度"
              value={assessed}
              options={Array.from({ length: 6 }, (_, at) => thisYear + 1 - at).map((year) => ({
                value: year,
                label: `${year} 年`,
              }))}
              onChange={(year) => setSearch({ assessed: year }, { replace: true })}
            />
            <SelectField
              label="参照"
              value={earlier ?? noEarlier}
              options={[
                { value: noEarlier, label: '种类的模板' },
                ...(read.data?.earlier ?? []).map(({ id, title }) => ({ value: id, label: title })),
              ]}
              onChange={(chosen) =>
                setSearch({ earlier: chosen === noEarlier ? undefined : chosen }, { replace: true })
              }
            />
          </Pair>
          <p className="caption">
            {earlier === undefined
              ? '对象取本市的全部；时间从今天起排。'
              : '单位、评分规则、对象和各步骤的日期都按上一轮，日期移到本年度。'}
            {kindOf(kind).documents.map(basisText).join('；')}。
          </p>
        </Stack>
        <Loaded of={read} shape="form">
          {(data) => (
            <Filled
              key={`${kind} ${assessed} ${earlier ?? ''} ${data.form.title}`}
              kind={kind}
              template={data}
              earlierId={earlier ?? null}
            />
          )}
        </Loaded>
      </Split>
    </Page>
  );
}

function summaryOf(kind: EvaluationKind, { subjects, form }: Template): string {
  const [first, last] = [form.steps[0], form.steps.at(-1)];
  const days = first && last ? daysBetween(first.from, last.to) + 1 : 0;
  if (subjects === 0) return `本市还没有登记${subjectNoun(kind)}；可以先建立草稿，登记以后再选对象`;
  return `${formatNumber(subjects)} ${subjectWord(kind)}，${form.steps.length} 个步骤共 ${days} 天；核对后建立草稿，再开启`;
}

interface FilledProps {
  kind: EvaluationKind;
  template: Template;
  earlierId: string | null;
}

function Filled({ kind, template: { form: given, editions, edition, units }, earlierId }: FilledProps) {
  const navigate = useNavigate();
  const { today } = useDeskContext();
  const [chosen, setChosen] = useState(edition === null ? null : nameOf(edition));
  const form = useForm(campaignForm, given);
  useFormGuard(form, '评估项目还没有建立');
  const { act } = useAct(create, {
    ...{ done: '已建立草稿，核对对象和督导组后开启', inline: 'form' },
    onDone: ({ id }) => void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id }, search: {} }),
  });
  const meant = editions.find((one) => nameOf(one) === chosen);
  const lacking = editions.length === 0 ? '本市还没有这类对象可用的指标体系，请先录入并发布。' : form.problems[''];
  return (
    <form
      noValidate
      onSubmit={form.submit(async (body) => {
        if (!meant) return;
        await act({ body: { ...body, kind, editionKey: meant.key, editionRevision: meant.revision, earlierId } });
      })}
    >
      <Split columns="minmax(18rem, 31rem) minmax(0, 1fr)" gap={8}>
        <Stack>
          <EditionField editions={editions} value={chosen} onChange={setChosen} />
          <CampaignFields kind={kind} form={form} units={units} />
        </Stack>
        <div className={style.picture}>
          <Section title="这样安排，各步骤在什么时候？">
            <Gantt label="时间安排" today={today} rows={timetableRows(kind, form.values.steps, today, null)} />
          </Section>
        </div>
      </Split>
      <ActBar note={lacking}>
        <Button kind="primary" type="submit" busy={form.busy} disabled={meant === undefined}>
          建立评估项目
        </Button>
      </ActBar>
    </form>
  );
}
