import type { z } from 'zod';
import type { ownForm } from '#contract/inspectors/inspectors.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import type { FormState } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { degreeChoices, relativeChoices, sexChoices, stageChoices, tieChoices } from '../inspector.words.ts';
import { BodyField, type FindBodies, noBody } from './BodyField.tsx';
import type { OwnValues } from './own-fields.ts';

export type OwnState = FormState<OwnValues, z.output<typeof ownForm>>;

interface OwnFieldsProps {
  form: OwnState;
  find: FindBodies;
}

/** What an inspector fills in himself: who he is, where he worked, and what keeps him away. */
export function OwnFields({ form, find }: OwnFieldsProps) {
  const field = form.fields([
    ...(['sex', 'birthYear', 'post', 'degree', 'professionalTitle', 'educationYears', 'subjects'] as const),
    ...(['phone', 'publicContact', 'profile'] as const),
  ]);
  const stages = form.values.stages ?? [];
  return (
    <>
      <Pair>
        <SelectField label="性别" {...field.sex} required={false} options={sexChoices} />
        <NumberField label="出生年份" {...field.birthYear} required={false} />
      </Pair>
      <Pair>
        <BodyField
          label="工作单位"
          value={form.values.employer}
          error={form.problems.employer ?? form.problems['employer.written']}
          required={false}
          find={find}
          onChange={(employer) => form.set({ employer })}
        />
        <TextField label="职务" {...field.post} required={false} maxLength={60} />
      </Pair>
      <Pair>
        <SelectField label="学历" {...field.degree} required={false} options={degreeChoices} />
        <TextField label="职称" {...field.professionalTitle} required={false} maxLength={60} />
      </Pair>
      <Pair>
        <NumberField
          label="教育工作年限"
          unit="年"
          {...field.educationYears}
          required={false}
          help="从事教育管理、教学或教育研究的年限"
        />
        <TextField label="学科或专长" {...field.subjects} required={false} maxLength={200} />
      </Pair>
      <fieldset>
        <legend>学段</legend>
        <Row>
          {stageChoices.map(({ value, label }) => (
            <CheckField
              key={value}
              label={label}
              value={stages.includes(value)}
              onChange={(on) => form.set({ stages: on ? [...stages, value] : stages.filter((one) => one !== value) })}
            />
          ))}
        </Row>
      </fieldset>
      <Pair>
        <TextField
          label="联系电话"
          type="tel"
          {...field.phone}
          required={false}
          maxLength={20}
          help="只供督导机构联系"
        />
        <TextField
          label="公开联系方式"
          {...field.publicContact}
          required={false}
          maxLength={100}
          help="向学校和公众公开"
        />
      </Pair>
      <TextAreaField label="简介" {...field.profile} required={false} rows={3} maxLength={2000} />
      <Posts form={form} find={find} />
      <Relations form={form} find={find} />
    </>
  );
}

function Posts({ form, find }: OwnFieldsProps) {
  const posts = form.values.posts ?? [];
  const change = (at: number, patch: Partial<OwnValues['posts'][number]>) =>
    form.set({ posts: posts.map((post, index) => (index === at ? { ...post, ...patch } : post)) });
  const add = () => form.set({ posts: [...posts, { body: noBody, post: '', from: null, leftOn: null }] });
  return (
    <Section
      title="任职经历"
      note="离开的日期用于核对回避，请尽量填写"
      action={<Button onClick={add}>加一条经历</Button>}
    >
      {Array.from(posts.entries(), ([at, post]) => (
        <Section
          key={at}
          title={`经历 ${at + 1}`}
          action={<Remove onClick={() => form.set({ posts: without(posts, at) })} />}
        >
          <Pair>
            <BodyField
              label="单位或学校"
              value={post.body}
              error={form.problems[`posts.${at}.body.written`]}
              required
              find={find}
              onChange={(body) => change(at, { body })}
            />
            <TextField
              label="职务"
              value={post.post}
              required={false}
              maxLength={60}
              onChange={(text) => change(at, { post: text })}
            />
          </Pair>
          <Pair>
            <DateField label="开始" {...form.field(`posts.${at}.from`)} required={false} />
            <DateField label="离开" {...form.field(`posts.${at}.leftOn`)} required={false} />
          </Pair>
        </Section>
      ))}
    </Section>
  );
}

export type RelationValues = OwnValues['relations'][number];

interface RelationFieldsProps {
  value: RelationValues;
  /** What is wrong with a part of it. */
  problemOf: (part: 'body.written' | 'until' | 'post' | 'note') => string | undefined;
  find: FindBodies;
  onChange: (patch: Partial<RelationValues>) => void;
}

/** One relation that keeps somebody away; of a child at a school there is no room for a word more. */
export function RelationFields({ value, problemOf, find, onChange }: RelationFieldsProps) {
  return (
    <>
      <Pair>
        <SelectField
          label="与谁有关"
          value={value.relative}
          options={relativeChoices}
          onChange={(relative) => onChange({ relative })}
        />
        <SelectField
          label="事实"
          value={value.tie}
          options={tieChoices}
          onChange={(tie) => onChange(tie === 'studies' ? { tie, post: '', note: '' } : { tie })}
        />
      </Pair>
      <Pair>
        <BodyField
          label="单位或学校"
          value={value.body}
          error={problemOf('body.written')}
          required
          find={find}
          onChange={(body) => onChange({ body })}
        />
        <DateField
          label="到哪天为止"
          value={value.until}
          error={problemOf('until')}
          required={false}
          onChange={(until) => onChange({ until })}
        />
      </Pair>
      {value.tie !== 'studies' && (
        <Pair>
          <TextField
            label="职务"
            value={value.post}
            error={problemOf('post')}
            required={false}
            maxLength={60}
            onChange={(post) => onChange({ post })}
          />
          <TextField
            label="说明"
            value={value.note}
            error={problemOf('note')}
            required={false}
            maxLength={200}
            onChange={(note) => onChange({ note })}
          />
        </Pair>
      )}
    </>
  );
}

export const noRelation: RelationValues = {
  ...{ relative: 'spouse', tie: 'works', body: noBody, post: '', note: '', until: null },
};

function Relations({ form, find }: OwnFieldsProps) {
  const relations = form.values.relations ?? [];
  const change = (at: number, patch: Partial<RelationValues>) =>
    form.set({ relations: relations.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const add = () => form.set({ relations: [...relations, noRelation] });
  return (
    <Section
      title="回避事项"
      note="只登记关系、单位和事实，不写姓名；只有本人、聘任单位和市级督导机构登记、审核的人员能看"
      action={<Button onClick={add}>加一条事项</Button>}
    >
      {Array.from(relations.entries(), ([at, one]) => (
        <Section
          key={at}
          title={`事项 ${at + 1}`}
          action={<Remove onClick={() => form.set({ relations: without(relations, at) })} />}
        >
          <RelationFields
            value={one}
            problemOf={(part) => form.problems[`relations.${at}.${part}`]}
            find={find}
            onChange={(patch) => change(at, patch)}
          />
        </Section>
      ))}
    </Section>
  );
}

export const without = <One,>(list: readonly One[], at: number) => list.filter((_, index) => index !== at);

export function Remove({ onClick }: { onClick: () => void }) {
  return (
    <Button kind="quiet" small onClick={onClick}>
      删去
    </Button>
  );
}
